// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile.Relocation;

/** Neighbours that are swapped. */
final class Neighbours {
    private Neighbours() {}

    /** The two in the other order, where they can be. */
    static Optional<Fault> swapped(Site a, Site b) {
        boolean fixed = a.leaves() || b.leaves() || a.marked() || b.marked() || a.isNop() || b.isNop();
        if (fixed || a.offset() + a.code().length != b.offset() || java.util.Arrays.equals(a.code(), b.code())) {
            return Optional.empty();
        }
        byte[] code = new byte[a.code().length + b.code().length];
        System.arraycopy(b.code(), 0, code, 0, b.code().length);
        System.arraycopy(a.code(), 0, code, b.code().length, a.code().length);
        List<Relocation> relocations = new ArrayList<>();
        b.relocations().forEach(r -> relocations.add(moved(r, -a.code().length)));
        a.relocations().forEach(r -> relocations.add(moved(r, b.code().length)));
        boolean relative = Stream.of(a, b)
                .anyMatch(s -> s.relocations().isEmpty() && s.text().matches(".*(%rip|^adrp? |ldr [xw]\\d+, [-#]).*"));
        if (relative) {
            return Optional.empty();
        }
        FaultKind kind = independent(a, b) ? FaultKind.SAME_SWAP : FaultKind.SWAP;
        return Optional.of(new Fault(
                kind,
                a.object(),
                a.function(),
                a.section(),
                a.offset(),
                code,
                relocations,
                a.text() + "; " + b.text(),
                b.text() + "; " + a.text()));
    }

    /** Whether nobody can see the order: registers alone, or one access that another processor cannot order either. */
    private static boolean independent(Site a, Site b) {
        boolean visible = Stream.of(a, b).anyMatch(s -> s.has(Op.Effect.class) || s.has(Op.Undefine.class));
        long accesses = Stream.of(a, b)
                .filter(s -> s.has(Op.Load.class) || s.has(Op.Store.class))
                .count();
        return !visible
                && !b.entered()
                && accesses < 2
                && Effects.of(a.lifted()).independentOf(Effects.of(b.lifted()));
    }

    private static Relocation moved(Relocation r, int by) {
        return new Relocation(r.offset() + by, r.type(), r.symbol(), r.addend(), r.definedAt());
    }
}
