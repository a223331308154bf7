// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.trace.Cell;

/**
 * Notices where a result leans on objects with different bases being disjoint ({@link Cell}): an access behind one
 * pointer after a write behind another one that may point to the same bytes.
 */
public final class OverlapWatch {
    /** Something was written behind {@code written}, and behind {@code other} was read or written afterwards. */
    public record Pair(Expr written, Expr other) {}

    private final boolean watching;
    private final Set<String> restricted;
    private final Faults faults;
    private final Set<Pair> pairs = new LinkedHashSet<>();

    private OverlapWatch(boolean watching, Set<String> restricted, Faults faults) {
        this.watching = watching;
        this.restricted = Set.copyOf(restricted);
        this.faults = faults;
    }

    /** Looks at nothing. */
    public static OverlapWatch none() {
        return new OverlapWatch(false, Set.of(), Faults.none());
    }

    /**
     * Looks at every access.
     *
     * @param restricted parameters that the keyword promises to be the only way to what they point to
     */
    public static OverlapWatch watching(Set<String> restricted) {
        return new OverlapWatch(true, restricted, Faults.none());
    }

    /** Looks at accesses for {@code faults} alone. */
    public static OverlapWatch of(Faults faults) {
        return new OverlapWatch(false, Set.of(), faults);
    }

    Faults faults() {
        return faults;
    }

    /** What was noticed, in the order in which it was. */
    public Set<Pair> pairs() {
        return Collections.unmodifiableSet(pairs);
    }

    void accessed(Expr base, Memory memory) {
        if (watching) {
            memory.bases().filter(w -> mayOverlap(w, base)).forEach(w -> pairs.add(new Pair(w, base)));
        }
    }

    private boolean mayOverlap(Expr a, Expr b) {
        if (a == b || MemoryModel.isStack(a) || MemoryModel.isStack(b)) {
            return false;
        }
        if (StackEscapes.isLocal(a) || StackEscapes.isLocal(b)) {
            return comesFromOutside(a) || comesFromOutside(b);
        }
        return !(isGlobal(a) && isGlobal(b)) && !keptApart(a, b) && !keptApart(b, a);
    }

    private static boolean isGlobal(Expr base) {
        return base instanceof Expr.Sym s && s.name().startsWith("&");
    }

    /** A pointer that was read or returned may be one to a local variable whose address became known. */
    private static boolean comesFromOutside(Expr base) {
        return !(base instanceof Expr.Sym s) || s.name().startsWith("ret");
    }

    /** Whether {@code a} is made of a restricted pointer that {@code b}, made of others, is not based on. */
    private boolean keptApart(Expr a, Expr b) {
        return terms(a).anyMatch(t -> t instanceof Expr.Sym s
                && restricted.contains(s.name())
                && terms(b).allMatch(u -> u != s && isKnownAtEntry(u)));
    }

    private static boolean isKnownAtEntry(Expr term) {
        return term instanceof Expr.Sym s && !s.name().startsWith("ret");
    }

    private static Stream<Expr> terms(Expr e) {
        return e instanceof Expr.Binary b && b.op() == BinaryOp.ADD
                ? Stream.concat(terms(b.left()), terms(b.right()))
                : Stream.of(e);
    }
}
