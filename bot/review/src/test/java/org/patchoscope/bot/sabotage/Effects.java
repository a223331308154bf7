// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.solver.Unknowns;

/**
 * What an instruction reads and writes in registers.
 *
 * @param reads registers whose old value it takes
 * @param writes registers that it writes, whatever happens
 */
record Effects(Set<String> reads, Set<String> writes) {
    static Effects of(Lifted i) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        i.ops().forEach(op -> add(op, reads, writes));
        return new Effects(reads, writes);
    }

    private static void add(Op op, Set<String> reads, Set<String> writes) {
        switch (op) {
            case Op.Set s -> {
                read(s.value(), reads, writes);
                writes.add(s.register());
            }
            case Op.Undefine u -> writes.add(u.register());
            case Op.Check c -> read(c.condition(), reads, writes);
            case Op.Repeat r -> {
                reads.add(r.counter());
                r.body().forEach(b -> add(b, reads, new HashSet<>(writes)));
            }
            case Op.Load l -> {
                read(l.address(), reads, writes);
                writes.add(l.target());
            }
            case Op.Store s -> {
                read(s.address(), reads, writes);
                read(s.value(), reads, writes);
            }
            case Op.Branch b -> read(b.condition(), reads, writes);
            case Op.Jump j -> target(j.target(), reads, writes);
            case Op.Call c -> target(c.target(), reads, writes);
            case Op.Return r -> read(r.address(), reads, writes);
            case Op.Effect e -> {
                e.arguments().forEach(a -> read(a, reads, writes));
                e.results().forEach(r -> writes.add(r.register()));
            }
            case Op.Exit e -> e.state().forEach(a -> read(a, reads, writes));
            case Op.Trap t -> {}
            case Op.Unsupported u -> {}
        }
    }

    private static void target(Op.CodeTarget t, Set<String> reads, Set<String> writes) {
        if (t instanceof Op.CodeTarget.Indirect i) {
            read(i.address(), reads, writes);
        }
    }

    private static void read(Expr e, Set<String> reads, Set<String> writes) {
        Unknowns.of(List.of(e)).forEach(u -> {
            if (u instanceof Expr.Reg r && !writes.contains(r.name())) {
                reads.add(r.name());
            }
        });
    }

    /** Whether nothing that one does depends on the other. */
    boolean independentOf(Effects o) {
        return disjoint(writes, o.reads) && disjoint(o.writes, reads) && disjoint(writes, o.writes);
    }

    private static boolean disjoint(Set<String> a, Set<String> b) {
        return a.stream().filter(r -> !r.startsWith("t:")).noneMatch(b::contains);
    }
}
