// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * Code that can be reached in a program, and what it refers to.
 *
 * @param forms by object and name: functions of one name in several objects are all of them reached
 * @param symbols what their code refers to
 */
record ReachedCode(Program program, Map<List<String>, List<Object>> forms, Set<String> symbols) {
    /** As {@code StaticCalls} finds the type of what a trampoline calls. */
    private static final List<String> TRAMPOLINES = List.of("__SCT__tp_func_", "__SCT__");

    private static final List<String> CALLED = List.of("", "raw_", "__traceiter_");

    /** The names of the functions. */
    Set<String> functions() {
        return forms.keySet().stream().map(List::getLast).collect(Collectors.toSet());
    }

    /** What functions of these names reach; a name may be no function's. */
    static ReachedCode from(Program program, Set<String> roots) {
        FunctionIdentity identity = new FunctionIdentity(program);
        Map<List<String>, List<Object>> forms = new HashMap<>();
        Set<String> symbols = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.poll();
            if (!seen.add(name)) {
                continue;
            }
            for (ObjectFile o : program.objects()) {
                ObjectFile.Function f = o.functions().get(name);
                if (f != null) {
                    FunctionRef ref = new FunctionRef(o, f);
                    forms.put(List.of(o.name(), name), identity.form(ref));
                    symbols.addAll(identity.references(ref));
                    open.addAll(identity.callees(ref));
                    open.addAll(identity.references(ref));
                } else {
                    List<String> further = further(o, name);
                    symbols.addAll(further);
                    open.addAll(further);
                }
            }
        }
        return new ReachedCode(program, forms, symbols);
    }

    /** What lies behind a name that is no function's: what data points to, since a call through it may be followed. */
    private static List<String> further(ObjectFile o, String name) {
        ObjectFile.Symbol s = o.symbols().get(name);
        if (s != null && s.section() != 0) {
            return o.sections().get(s.section()).executable()
                    ? around(o, s).map(ObjectFile.Function::name).stream().toList()
                    : pointers(o, s.section(), s.offset(), s.size());
        }
        // Data without a name goes by its section's.
        return o.sections().stream()
                .filter(d -> !d.executable() && o.unnamed(d).equals(name))
                .flatMap(d -> pointers(o, d.index(), 0, d.data().length).stream())
                .toList();
    }

    /** The function that a label lies in. */
    private static Optional<ObjectFile.Function> around(ObjectFile o, ObjectFile.Symbol label) {
        return o.functionAt(label.section(), label.offset());
    }

    private static List<String> pointers(ObjectFile o, int section, long offset, long size) {
        return o.relocationsIn(section, offset, Math.toIntExact(Math.min(size, Integer.MAX_VALUE))).stream()
                .map(ObjectFile.Relocation::symbol)
                .toList();
    }

    /** Whether nothing that is reached differs; both programs must have expressions of one factory. */
    boolean sameAs(ReachedCode other) {
        if (!forms.equals(other.forms) || !symbols.equals(other.symbols)) {
            return false;
        }
        Set<String> data = DataChanges.between(program, other.program);
        Set<String> code = program.objects().stream()
                .flatMap(o -> o.sections().stream())
                .filter(ObjectFile.Section::executable)
                .map(ObjectFile.Section::name)
                .collect(Collectors.toSet());
        return symbols.stream()
                        .allMatch(s -> !data.contains(s)
                                // Which function lies there is not said.
                                && !code.contains(s)
                                && !endless(s, program)
                                && definitions(s, program).equals(definitions(s, other.program)))
                && sameTypes(this, other);
    }

    /** Whether a symbol is a place in code or data of which nothing says where it ends, so that none is compared. */
    private static boolean endless(String symbol, Program program) {
        return program.objects().stream().anyMatch(o -> {
            ObjectFile.Symbol s = o.symbols().get(symbol);
            if (s == null || s.section() == 0) {
                return false;
            }
            ObjectFile.Section section = o.sections().get(s.section());
            return section.executable() ? around(o, s).isEmpty() : s.size() == 0 && section.data().length > 0;
        });
    }

    /** The objects that define a symbol, and how: another one may stand in for it, or none. */
    private static Set<List<Object>> definitions(String symbol, Program program) {
        Set<List<Object>> all = new HashSet<>();
        for (ObjectFile o : program.objects()) {
            ObjectFile.Symbol s = o.symbols().get(symbol);
            if (s != null && s.section() != 0) {
                ObjectFile.Section section = o.sections().get(s.section());
                long within = section.executable()
                        ? around(o, s).map(f -> s.offset() - f.offset()).orElse(s.offset())
                        : 0;
                all.add(List.of(
                        o.name(),
                        section.name(),
                        section.writable(),
                        section.executable(),
                        s.size(),
                        s.weak(),
                        within));
            }
        }
        return all;
    }

    private static boolean sameTypes(ReachedCode here, ReachedCode there) {
        DebugInfo own = here.program().debug();
        DebugInfo other = there.program().debug();
        Set<String> callees = new HashSet<>(here.symbols());
        callees.addAll(here.functions());
        for (String symbol : here.symbols()) {
            TRAMPOLINES.stream()
                    .filter(symbol::startsWith)
                    .forEach(t -> CALLED.forEach(c -> callees.add(c + symbol.substring(t.length()))));
        }
        Set<String> pointees = new HashSet<>();
        for (String name : callees) {
            DebugInfo.Prototype p = own.prototypes().get(name);
            if (!Objects.equals(p, other.prototypes().get(name))) {
                return false;
            }
            if (p != null) {
                p.parameters().forEach(t -> t.pointee().ifPresent(pointees::add));
                p.result().pointee().ifPresent(pointees::add);
            }
        }
        return pointees.stream()
                        .allMatch(s -> Objects.equals(
                                own.structures().get(s), other.structures().get(s)))
                && here.functions().stream()
                        .allMatch(f -> Objects.equals(
                                        own.locals().get(f), other.locals().get(f))
                                && sites(here.program(), f).equals(sites(there.program(), f)));
    }

    /** What is known of calls in a function, by distance from its start. */
    private static Map<DebugInfo.CallPlace, Set<Integer>> sites(Program program, String function) {
        long start = program.function(function).map(f -> f.function().offset()).orElse(0L);
        Map<DebugInfo.CallPlace, Set<Integer>> sites = new HashMap<>();
        program.debug()
                .callSites()
                .getOrDefault(function, Map.of())
                .forEach((at, set) -> sites.put(at.before(start), set));
        return sites;
    }
}
