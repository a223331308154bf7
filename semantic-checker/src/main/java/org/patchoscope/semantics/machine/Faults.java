// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * Accesses that fault because a pointer is NULL or an error. Any pointer might be that, and nothing would come of asking so of
 * all of them. What code itself asks about is another matter: where one of two versions tests a pointer, it is taken to be
 * possible, and an access behind that pointer ends the path where it is so. Pointers are found first, then asked about.
 */
public final class Faults {
    /** The event of an access that faults. */
    public static final String EVENT = "access through a NULL or error pointer";

    /** Nothing is mapped in the first page (mmap_min_addr, PAGE_OFFSET), and errors are the last 4095 numbers (MAX_ERRNO). */
    private static final long PAGE = 4096;

    private final boolean watching;
    private boolean asking;
    private final Set<Expr> tested = new LinkedHashSet<>();
    private final Set<Expr> testedForErrors = new LinkedHashSet<>();
    private final Set<Expr> seen = new HashSet<>();

    private Faults(boolean watching) {
        this.watching = watching;
    }

    /** Looks at nothing. */
    public static Faults none() {
        return new Faults(false);
    }

    /** Finds pointers that are tested. */
    public static Faults watching() {
        return new Faults(true);
    }

    /** From now on each access behind such a pointer is asked whether it faults; false if there is no such pointer. */
    public boolean ask() {
        asking = !tested.isEmpty() || !testedForErrors.isEmpty();
        return asking;
    }

    boolean asks() {
        return asking;
    }

    /** Looks for tests of pointers in what code computes. */
    void computed(Expr value) {
        if (!watching || asking) {
            return;
        }
        Deque<Expr> open = new ArrayDeque<>(Set.of(value));
        while (!open.isEmpty()) {
            Expr e = open.pop();
            if (seen.add(e)) {
                note(e);
                push(e, open);
            }
        }
    }

    private void note(Expr e) {
        if (!(e instanceof Expr.Binary b) || !b.op().comparison() || b.left().width() != 64) {
            return;
        }
        Expr number = b.right() instanceof Expr.Const ? b.right() : b.left();
        Expr other = number == b.right() ? b.left() : b.right();
        if (!(number instanceof Expr.Const c) || other instanceof Expr.Const) {
            return;
        }
        if (b.op() == BinaryOp.EQ && c.value() == 0) {
            tested.add(other);
        } else if (b.op() != BinaryOp.EQ && c.value() >= -PAGE && c.value() < 0) {
            testedForErrors.add(other);
        }
    }

    private static void push(Expr e, Deque<Expr> open) {
        switch (e) {
            case Expr.Unary u -> open.push(u.operand());
            case Expr.Binary b -> {
                open.push(b.left());
                open.push(b.right());
            }
            case Expr.Extract x -> open.push(x.operand());
            case Expr.Concat c -> {
                open.push(c.high());
                open.push(c.low());
            }
            case Expr.SignExtend s -> open.push(s.operand());
            case Expr.Ite i -> {
                open.push(i.condition());
                open.push(i.whenTrue());
                open.push(i.whenFalse());
            }
            case Expr.Apply a -> a.arguments().forEach(open::push);
            case Expr.Const c -> {}
            case Expr.Sym s -> {}
            case Expr.Reg r -> {}
        }
    }

    /** When an access at {@code address} faults; null if nothing says that it might. */
    @Nullable
    Expr when(Exprs x, Expr address) {
        Expr faults = when(x, address, new HashMap<>());
        return faults.isConst(0) ? null : faults;
    }

    private Expr when(Exprs x, Expr address, Map<Expr, Expr> done) {
        Expr known = done.get(address);
        if (known == null) {
            known = made(x, address, done);
            done.put(address, known);
        }
        return known;
    }

    private Expr made(Exprs x, Expr address, Map<Expr, Expr> done) {
        return switch (Address.of(x, address)) {
            case Address.Fixed f -> bad(x, f.base());
            case Address.Indexed i -> bad(x, i.base());
            case Address.Absolute a -> a.address() >= 0 && a.address() < PAGE ? x.yes() : x.no();
            case Address.Choice c -> x.ite(c.condition(), when(x, c.whenTrue(), done), when(x, c.whenFalse(), done));
        };
    }

    private Expr bad(Exprs x, Expr base) {
        Expr none = tested.contains(base) ? x.isZero(base) : x.no();
        Expr error = testedForErrors.contains(base) ? x.binary(BinaryOp.ULT, x.constant(-PAGE, 64), base) : x.no();
        return x.or(none, error);
    }
}
