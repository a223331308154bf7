// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.machine.Location;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectFile.Alternative;

/**
 * Patched code of x86-64, as {@code arch/x86/kernel/alternative.c} makes it: a replacement is filled up with nops,
 * and nops beside each other in what is patched become one, or a jump over them. Static calls are calls out of the
 * code that is counted, whether they stay trampolines or not: one instruction.
 */
final class X86Code implements PatchedCode {
    /** The feature that every processor has. */
    private static final String ALWAYS = "X86_FEATURE_ALWAYS";

    private static final String RETURN_THUNK = "__x86_return_thunk";
    private static final String INDIRECT_THUNK = "__x86_indirect_thunk_";

    /** Features under which what {@code ret} and indirect branches were compiled to stays. */
    private static final Set<String> KEPT_THUNKS =
            Set.of("X86_FEATURE_RETHUNK", "X86_FEATURE_RETPOLINE", "X86_FEATURE_RETPOLINE_LFENCE");

    /** One section of one object. */
    private record Part(ObjectFile object, int section) {
        Location at(long offset) {
            return new Location(object, section, offset);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Part p && p.object == object && p.section == section;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object) * 31 + section;
        }
    }

    private final Program program;
    private final Cpu cpu;
    private final Set<Long> present;
    private final Map<Location, Lifted> patched = new HashMap<>();
    private final Map<Part, TreeMap<Long, Long>> sites = new HashMap<>();

    /** {@code macros} number the CPU features (arch/x86/include/asm/cpufeatures.h). */
    X86Code(Program program, Cpu cpu, Map<String, Long> macros) {
        this.program = program;
        this.cpu = cpu;
        if (!macros.containsKey(ALWAYS)) {
            throw new Uncounted("the numbers of the tree's CPU features are not known");
        }
        this.present = PatchedCode.features(cpu, macros);
        for (ObjectFile o : program.objects()) {
            o.alternatives().values().forEach(entries -> apply(o, entries));
        }
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public Lifted at(Location here) {
        ObjectFile.StaticKeySite key = here.object().keys().get(new ObjectFile.Place(here.section(), here.offset()));
        if (key != null) {
            return staticKey(here, key);
        }
        Lifted known = patched.get(here);
        if (known != null) {
            return known;
        }
        if (insideSite(here)) {
            throw new Uncounted("control goes into the middle of what is patched, at " + here);
        }
        return thunk(here, program.at(here));
    }

    private boolean insideSite(Location here) {
        TreeMap<Long, Long> all = sites.get(new Part(here.object(), here.section()));
        Map.Entry<Long, Long> site = all == null ? null : all.floorEntry(here.offset());
        return site != null && here.offset() < site.getValue();
    }

    private Lifted staticKey(Location here, ObjectFile.StaticKeySite site) {
        Lifted compiled = program.at(here);
        Boolean enabled = cpu.staticKeys().get(site.key());
        boolean jumps =
                enabled == null ? compiled.kind() == Lifted.Kind.BRANCH && !site.madeNop() : enabled != site.branch();
        return jumps ? jump(here.offset(), compiled.length(), site.target()) : PatchedCode.nop(compiled);
    }

    private static Lifted jump(long offset, int length, long target) {
        Op jump = new Op.Jump(new Op.CodeTarget.Local(target));
        return new Lifted(offset, length, "jmp", Lifted.Kind.BRANCH, List.of(jump));
    }

    /** Patches one site; of its entries the last whose feature is as it asks for counts. */
    private void apply(ObjectFile o, List<Alternative> entries) {
        ObjectFile.Place site = entries.getFirst().site();
        Part part = new Part(o, site.section());
        int length = entries.stream().mapToInt(Alternative::length).max().orElse(0);
        List<Lifted> code = new ArrayList<>();
        entries.stream()
                .filter(a -> present.contains((long) a.feature()) != a.negated())
                .reduce((first, second) -> second)
                .ifPresentOrElse(
                        a -> replacement(o, a, length, code),
                        () -> copy(part.at(site.offset()), site.offset() + length, code));
        sites.computeIfAbsent(part, p -> new TreeMap<>()).put(site.offset(), site.offset() + length);
        joinNops(code, site.offset() + length).forEach(i -> patched.put(part.at(i.offset()), i));
    }

    private void copy(Location from, long end, List<Lifted> code) {
        for (long at = from.offset(); at < end; at += code.getLast().length()) {
            code.add(program.at(new Location(from.object(), from.section(), at)));
        }
    }

    private void replacement(ObjectFile o, Alternative a, int length, List<Lifted> code) {
        List<Lifted> original = new ArrayList<>();
        ObjectFile.Place from = a.replacement();
        copy(new Location(o, from.section(), from.offset()), from.offset() + a.newLength(), original);
        long shift = a.site().offset() - from.offset();
        for (Lifted i : original) {
            List<Op> ops = i.ops().stream().map(op -> PatchedCode.moved(op, a)).toList();
            if (a.directCall()) {
                ops = List.of(new Op.Unsupported("a call through a pointer that is made a direct one"));
            } else if (i.text().contains("rip")
                    && o.relocationsIn(from.section(), i.offset(), i.length()).isEmpty()) {
                ops = List.of(new Op.Unsupported("an address relative to a replacement"));
            }
            code.add(new Lifted(i.offset() + shift, i.length(), i.text(), i.kind(), ops));
        }
        for (int at = a.newLength(); at < length; at++) {
            code.add(new Lifted(a.site().offset() + at, 1, "nop", Lifted.Kind.NOP, List.of()));
        }
    }

    /** {@code optimize_nops()}: nops beside each other become one of up to 11 bytes, more a jump. */
    private static List<Lifted> joinNops(List<Lifted> code, long end) {
        List<Lifted> all = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            Lifted first = code.get(i);
            int last = i;
            while (isNop(first) && last + 1 < code.size() && isNop(code.get(last + 1))) {
                last++;
            }
            if (last == i) {
                all.add(first);
            } else {
                all.add(joined(
                        first.offset(),
                        last + 1 < code.size() ? code.get(last + 1).offset() : end));
                i = last;
            }
        }
        return all;
    }

    private static Lifted joined(long from, long to) {
        int longestNop = 11;
        int length = (int) (to - from);
        return length <= longestNop
                ? new Lifted(from, length, "nop", Lifted.Kind.NOP, List.of())
                : jump(from, length < 128 ? 2 : 5, to);
    }

    private static boolean isNop(Lifted i) {
        return i.kind() == Lifted.Kind.NOP && i.text().matches("((data16|cs) )*nop\\b.*");
    }

    /** What a compiler's thunk call becomes ({@code apply_retpolines()}, {@code apply_returns()}). */
    private Lifted thunk(Location here, Lifted compiled) {
        for (ObjectFile.Relocation r : here.object().relocationsIn(here.section(), here.offset(), compiled.length())) {
            boolean branch = r.symbol().startsWith(INDIRECT_THUNK);
            if (!branch && !r.symbol().equals(RETURN_THUNK)) {
                continue;
            }
            boolean simple = compiled.length() == 5 && !(compiled.ops().getLast() instanceof Op.Branch);
            if (!simple || cpu.features().stream().anyMatch(KEPT_THUNKS::contains)) {
                throw new Uncounted("what the kernel makes of " + r.symbol() + " is not counted, at " + here);
            }
        }
        return compiled;
    }
}
