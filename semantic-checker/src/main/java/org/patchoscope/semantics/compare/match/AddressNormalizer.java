// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.expr.Sum;
import org.patchoscope.semantics.layout.Pointees;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;

/**
 * Addresses of members, where they are values, in the numbering that both versions share: {@code &current->comm} is the
 * same argument wherever {@code comm} lies. What is read and written has been placed there by the memory already.
 */
public final class AddressNormalizer {
    private final Exprs x;
    private final Optional<Pointees> pointees;
    private final Substitution addresses;
    private boolean unplaced;

    private AddressNormalizer(Exprs x, Optional<Pointees> pointees) {
        this.x = x;
        this.pointees = pointees;
        this.addresses = new Substitution(x, this::placed);
    }

    /** Both versions lay out everything alike. */
    public static AddressNormalizer asItIs(Exprs x) {
        return new AddressNormalizer(x, Optional.empty());
    }

    /** The view of a version whose pointers {@code pointees} knows. */
    public static AddressNormalizer of(Exprs x, Pointees pointees) {
        return new AddressNormalizer(x, Optional.of(pointees));
    }

    /** Whether values mean the same in both versions as they are. */
    public boolean isPlain() {
        return pointees.isEmpty();
    }

    /** A value; an address that cannot be placed stays as it is, and {@link #lost} says so. */
    public Expr of(Expr e) {
        return pointees.isEmpty() ? e : addresses.apply(e);
    }

    private @Nullable Expr placed(Expr e) {
        if (e instanceof Expr.Apply a && a.function().startsWith("memory")) {
            return a; // the base is no address of a member, and the offset is placed
        }
        if (!(e instanceof Expr.Binary b) || b.op() != BinaryOp.ADD) {
            return null;
        }
        Sum whole = Sum.of(e);
        List<Expr> terms = whole.terms();
        long offset = whole.offset();
        Pointees known = pointees.orElseThrow();
        List<Expr> changed =
                terms.stream().filter(t -> known.changed(t).isPresent()).toList();
        if (changed.isEmpty() || offset == 0) {
            return null;
        }
        OptionalLong common = known.place(changed.getFirst(), offset, 1);
        if (changed.size() > 1 || common.isEmpty()) {
            unplaced = true;
            return e;
        }
        Expr sum = terms.stream().map(addresses::apply).reduce(x::add).orElseThrow();
        return x.add(sum, common.getAsLong());
    }

    public Event of(Event e) {
        if (pointees.isEmpty()) {
            return e;
        }
        Map<Cell, Event.Write> memory = new LinkedHashMap<>();
        e.memory().forEach((c, w) -> memory.put(c, new Event.Write(of(w.value()), of(w.original()))));
        Map<String, Expr> context = new LinkedHashMap<>();
        e.context().forEach((name, value) -> context.put(name, of(value)));
        return new Event(
                e.kind(),
                e.name(),
                e.occurrence(),
                e.arguments().stream().map(this::of).toList(),
                e.beyond().stream().map(this::of).toList(),
                memory,
                e.interrupts(),
                of(e.stack()),
                context,
                e.place());
    }

    /** Whether an address came by that is that of no member; then nothing can be concluded. */
    public boolean lost() {
        return unplaced;
    }
}
