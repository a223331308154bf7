// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.HashMap;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;

/**
 * Finds store-exclusives that are tried again until they succeed: {@code 1: ldxr; ...; stxr w; cbnz w, 1b}, as in
 * arch/arm64/include/asm/atomic_ll_sc.h. A failed one stores nothing, so that only the successful round counts; that there
 * is one is what the manual promises of such a loop (Arm ARM, B2.12, Load-Exclusive and Store-Exclusive usage restrictions).
 */
public final class Retries {
    private static final int FARTHEST = 64;

    private final Program program;
    private final Exprs x;
    private final Map<Location, Boolean> known = new HashMap<>();

    public Retries(Program program) {
        this.program = program;
        this.x = program.exprs();
    }

    /** Whether the instruction at {@code store}, whose status the environment decides, is done again where it fails. */
    public boolean triedAgain(Location store) {
        return known.computeIfAbsent(store, this::look);
    }

    private boolean look(Location store) {
        Lifted instruction = program.at(store);
        if (!(instruction.ops().getLast() instanceof Op.Set status)) {
            return false;
        }
        Lifted next = program.at(store.at(store.offset() + instruction.length()));
        return next.ops().size() == 1
                && next.ops().getFirst() instanceof Op.Branch b
                && b.target() instanceof Op.CodeTarget.Local again
                && again.offset() < store.offset()
                && store.offset() - again.offset() <= FARTHEST
                && taken(b, status, 1)
                && !taken(b, status, 0)
                && onlyReads(store, again.offset());
    }

    /** Whether the branch is taken where all bits from the environment in the status are {@code failed}. */
    private boolean taken(Op.Branch branch, Op.Set status, int failed) {
        Expr value = new Substitution(x, e -> e instanceof Expr.Reg r && r.width() == 1 ? x.constant(failed, 1) : null)
                .apply(status.value());
        Expr way = new Substitution(
                        x, e -> e instanceof Expr.Reg r && r.name().equals(status.register()) ? value : null)
                .apply(branch.condition());
        return way.isConst(1);
    }

    /** Whether nothing from {@code first} up to the store does more than read memory and compute. */
    private boolean onlyReads(Location store, long first) {
        Lifted l;
        for (long at = first; at < store.offset(); at += l.length()) {
            l = program.at(store.at(at));
            if (!l.ops().stream().allMatch(Retries::reads)) {
                return false;
            }
        }
        return true;
    }

    private static boolean reads(Op op) {
        return switch (op) {
            case Op.Set s -> true;
            case Op.Undefine u -> true;
            case Op.Check c -> true;
            case Op.Load l -> true;
            case Op.Branch b -> true;
            case Op.Jump j -> false;
            case Op.Store s -> false;
            case Op.Effect e -> false;
            case Op.Repeat r -> false;
            case Op.Call c -> false;
            case Op.Return r -> false;
            case Op.Exit e -> false;
            case Op.Trap t -> false;
            case Op.Unsupported u -> false;
        };
    }
}
