// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.regex.Pattern;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.environment.ReadSemantics;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;

/**
 * Accesses that are atomic, or ordered with others, where other processors write too: a number says which there have been, in
 * which order. For one processor alone they are like any other, so that it counts where concurrent writers are asked about.
 */
public final class AccessOrder {

    /** Makes numbers of sequences that are the same only for the same sequences, but for coincidences of addresses. */
    private static final long STEP = 0x100000001b3L;

    private static final String OPERATION = "(?:add|clr|eor|set|[su]max|[su]min)";
    private static final Pattern ACQUIRE =
            Pattern.compile("ldax[rp][bh]?|ldapu?r\\w*|ldar[bh]?|ldlar[bh]?|(?:ld" + OPERATION + "|casp?|swp)al?[bh]?");
    private static final Pattern RELEASE = Pattern.compile(
            "stlx[rp][bh]?|stlu?r\\w*|stllr[bh]?|(?:ld" + OPERATION + "|casp?|swp)a?l[bh]?|st" + OPERATION + "l[bh]?");

    private final Exprs x;
    private final boolean concurrent;

    AccessOrder(Exprs x, Environment environment) {
        this.x = x;
        this.concurrent = environment.reading() == ReadSemantics.CONCURRENT;
    }

    /** A number for what else than its value there is to an access by the instruction that is printed as {@code text}; else 0. */
    public static long kind(Op.Access access, boolean store, String text) {
        if (access != Op.Access.ATOMIC && access != Op.Access.ORDERED) {
            return 0;
        }
        String mnemonic = text.split("\\s", 2)[0];
        return 1L
                + (store ? 1 : 0)
                + (access == Op.Access.ATOMIC ? 2 : 0)
                + (ACQUIRE.matcher(mnemonic).matches() ? 4 : 0)
                + (RELEASE.matcher(mnemonic).matches() ? 8 : 0);
    }

    /** An access by the instruction that is printed as {@code text}. */
    void note(State s, Op.Access access, boolean store, Expr address, String text) {
        long kind = kind(access, store, text);
        if (!concurrent
                || kind == 0
                || Address.of(x, address) instanceof Address.Fixed f && MemoryModel.isStack(f.base())) {
            return;
        }
        Expr before = s.registers.getOrDefault(Context.ORDER_REGISTER, Context.unchanged(x, Context.ORDER, 64));
        Expr moved = x.binary(BinaryOp.MUL, before, x.constant(STEP, 64));
        s.registers.put(Context.ORDER_REGISTER, x.add(x.add(moved, address), kind));
    }
}
