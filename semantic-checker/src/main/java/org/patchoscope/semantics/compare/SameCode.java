// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.ProgramComparison.Side;
import org.patchoscope.semantics.environment.CommonLayout;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Program.FunctionRef;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * Whether a change must compare in another configuration as it did in this one: the same functions differ, and of all
 * that a comparison looks at from there nothing depends on the configuration. Where that is not plain the answer is no.
 */
public final class SameCode {
    /** Whose members words are found for. */
    private static final List<String> TOLD = List.of("task_struct", "pt_regs", "thread_info");

    /** As {@code StaticCalls} finds the type of what a trampoline calls. */
    private static final List<String> TRAMPOLINES = List.of("__SCT__tp_func_", "__SCT__");

    private static final List<String> CALLED = List.of("", "raw_", "__traceiter_");

    private final ArchProfile profile;

    public SameCode(ArchProfile profile) {
        this.profile = profile;
    }

    /**
     * The answer. All four programs must have expressions of one factory.
     *
     * @param told whether the comparison found something, so that members of structures have been named
     */
    public boolean is(Side before, Side after, Side otherBefore, Side otherAfter, boolean told) {
        return sameSurroundings(before, otherBefore, told)
                && sameSurroundings(after, otherAfter, told)
                && sameLayouts(before, after)
                && sameLayouts(otherBefore, otherAfter)
                && sameReach(before, after, otherBefore, otherAfter);
    }

    /** Whether memory is compared by offset, without sources. */
    private static boolean sameLayouts(Side before, Side after) {
        return new CommonLayout(before.program().debug(), after.program().debug())
                .changed()
                .isEmpty();
    }

    /** What the environment and words take from a state as a whole: cheap to ask, and often another. */
    private boolean sameSurroundings(Side here, Side there, boolean told) {
        DebugInfo one = here.program().debug();
        DebugInfo two = there.program().debug();
        Layout a = new Layout(one);
        Layout b = new Layout(two);
        return here.macros().equals(there.macros())
                && here.features().equals(there.features())
                && a.sizeOf("pt_regs").equals(b.sizeOf("pt_regs"))
                && cells().allMatch(c -> a.slot(c).equals(b.slot(c)))
                && (!told || sameStructures(TOLD, one, two));
    }

    private Stream<String> cells() {
        return Stream.of(
                        profile.volatileCells().stream(),
                        profile.stableCells().stream().map(ArchProfile.Stable::cell),
                        profile.stableBits().stream().map(ArchProfile.StableBits::cell),
                        profile.frames().stream().flatMap(f -> f.preserves().stream()),
                        profile.assumptions().stream().flatMap(c -> Stream.of(c.cell(), c.flagCell())),
                        Stream.of(profile.registersOnStack().cell()),
                        profile.flagNames().stream().flatMap(f -> f.cells().stream()))
                .flatMap(s -> s)
                .filter(c -> c.contains("."))
                .distinct();
    }

    /** With the structures that are members of theirs. */
    private static boolean sameStructures(Collection<String> names, DebugInfo one, DebugInfo two) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.poll();
            if (!seen.add(name)) {
                continue;
            }
            DebugInfo.Structure s = one.structures().get(name);
            if (!Objects.equals(s, two.structures().get(name))) {
                return false;
            }
            if (s != null) {
                s.members().forEach(m -> open.add(m.type().text()));
            }
        }
        return true;
    }

    private static boolean sameReach(Side before, Side after, Side otherBefore, Side otherAfter) {
        Correspondence here = new Correspondence(before.program(), after.program());
        Correspondence there = new Correspondence(otherBefore.program(), otherAfter.program());
        Set<String> data = DataChanges.between(before.program(), after.program());
        if (!here.changed().equals(there.changed())
                || !here.renamed().equals(there.renamed())
                || !here.affected().equals(there.affected())
                || !data.equals(DataChanges.between(otherBefore.program(), otherAfter.program()))
                || !here.users(data).equals(there.users(data))) {
            return false;
        }
        Set<String> roots = new LinkedHashSet<>(here.affected());
        roots.addAll(here.users(data));
        here.renamed().forEach((old, now) -> roots.addAll(List.of(old, now)));
        return same(reach(before.program(), roots), reach(otherBefore.program(), roots))
                && same(reach(after.program(), roots), reach(otherAfter.program(), roots));
    }

    /**
     * Code that can be reached, and what it refers to.
     *
     * @param forms by object and name: functions of one name in several objects are all of them reached
     * @param symbols what their code refers to
     */
    private record Reach(Program program, Map<List<String>, List<Object>> forms, Set<String> symbols) {
        Set<String> functions() {
            return forms.keySet().stream().map(List::getLast).collect(Collectors.toSet());
        }
    }

    private static Reach reach(Program program, Set<String> roots) {
        Identity identity = new Identity(program);
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
        return new Reach(program, forms, symbols);
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
                .filter(d -> !d.executable() && d.name().equals(name))
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

    private static boolean same(Reach one, Reach two) {
        if (!one.forms().equals(two.forms()) || !one.symbols().equals(two.symbols())) {
            return false;
        }
        Set<String> data = DataChanges.between(one.program(), two.program());
        Set<String> code = one.program().objects().stream()
                .flatMap(o -> o.sections().stream())
                .filter(ObjectFile.Section::executable)
                .map(ObjectFile.Section::name)
                .collect(Collectors.toSet());
        return one.symbols().stream()
                        .allMatch(s -> !data.contains(s)
                                // Which function lies there is not said.
                                && !code.contains(s)
                                && !endless(s, one.program())
                                && definitions(s, one.program()).equals(definitions(s, two.program())))
                && sameTypes(one, two);
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

    private static boolean sameTypes(Reach here, Reach there) {
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

    /** What is known of calls in a function, by distance from its start; calls at its end have no place to return to. */
    private static Map<Long, Set<Integer>> sites(Program program, String function) {
        long start = program.function(function).map(f -> f.function().offset()).orElse(0L);
        Map<Long, Set<Integer>> sites = new HashMap<>();
        program.debug()
                .callSites()
                .getOrDefault(function, Map.of())
                .forEach((at, set) -> sites.put(at < 0 ? at : at - start, set));
        return sites;
    }
}
