// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectFile.Alternative;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;

/**
 * Patched code of x86-64, as {@code arch/x86/kernel/alternative.c} makes it: a replacement is filled up with nops,
 * and nops beside each other in what is patched become one, or a jump over them. Static calls are calls out of the
 * code that is counted, whether they stay trampolines or not: one instruction.
 */
final class X86Code implements BootedCode {
    /** The feature that every processor has. */
    private static final String ALWAYS = "X86_FEATURE_ALWAYS";

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
    private final X86Thunks thunks;

    /** {@code macros} number the CPU features (arch/x86/include/asm/cpufeatures.h). */
    X86Code(Program program, Cpu cpu, Map<String, Long> macros) {
        this.program = program;
        this.cpu = cpu;
        if (!macros.containsKey(ALWAYS)) {
            throw new Uncounted("the numbers of the tree's CPU features are not known");
        }
        this.thunks = new X86Thunks(program, cpu);
        this.present = BootedCode.features(cpu, macros);
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
        Lifted compiled = program.at(here);
        List<Lifted> thunk = thunks.patched(here, compiled);
        Part part = new Part(here.object(), here.section());
        thunk.forEach(i -> patched.put(part.at(i.offset()), i));
        return thunk.isEmpty() ? compiled : thunk.getFirst();
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
        return jumps ? X86Nops.jump(here.offset(), compiled.length(), site.target()) : BootedCode.nop(compiled);
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
        X86Nops nops = entries.getFirst().flagless() ? X86Nops.SINGLE_BYTES : X86Nops.ALL;
        nops.joined(code, site.offset() + length).forEach(i -> patched.put(part.at(i.offset()), i));
    }

    private void copy(Location from, long end, List<Lifted> code) {
        for (long at = from.offset(); at < end; ) {
            Location here = new Location(from.object(), from.section(), at);
            Lifted compiled = program.at(here);
            List<Lifted> thunk = thunks.patched(here, compiled);
            code.addAll(thunk.isEmpty() ? List.of(compiled) : thunk);
            at += compiled.length();
        }
    }

    private void replacement(ObjectFile o, Alternative a, int length, List<Lifted> code) {
        List<Lifted> original = new ArrayList<>();
        ObjectFile.Place from = a.replacement();
        copy(new Location(o, from.section(), from.offset()), from.offset() + a.newLength(), original);
        long shift = a.site().offset() - from.offset();
        for (Lifted i : original) {
            List<Op> ops = i.ops().stream().map(op -> BootedCode.moved(op, a)).toList();
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
}
