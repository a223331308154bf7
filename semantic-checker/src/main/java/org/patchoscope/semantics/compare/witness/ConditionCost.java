// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.solver.Unknowns;

/**
 * How far a condition is from what entry code is about. Flags of the task, registers of the interrupted
 * program, arguments and results of calls are what a reader knows; where lists end, which probes are
 * attached and how deep a lock is nested is not.
 */
public final class ConditionCost implements ToIntFunction<Expr> {
    /** What the names of facts about the machine begin with. */
    private static final Set<String> MACHINE = Set.of("static_key:", "cpu:", "boot:");

    private final Set<Long> known;
    private final Map<Expr, Integer> memo = new HashMap<>();

    public ConditionCost(ArchProfile profile, Layout layout) {
        this.known = profile.flagNames().stream()
                .flatMap(f -> f.cells().stream())
                .filter(c -> c.contains("."))
                .flatMap(c -> layout.slot(c).stream())
                .map(s -> Math.floorDiv(s.offset(), 8L) * 8)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int applyAsInt(Expr condition) {
        Integer done = memo.get(condition);
        if (done == null) {
            done = Unknowns.leaves(condition).stream().mapToInt(this::leaf).sum();
            memo.put(condition, done);
        }
        return done;
    }

    private int leaf(Expr unknown) {
        return switch (unknown) {
            case Expr.Sym s -> MACHINE.stream().anyMatch(s.name()::startsWith) ? 1 : 0;
            case Expr.Apply f
            when f.function().startsWith("memory") -> {
                String base = f.arguments().getFirst() instanceof Expr.Sym s ? s.name() : "";
                boolean flags = base.equals("current")
                        && f.arguments().get(1) instanceof Expr.Const c
                        && known.contains(c.value());
                yield flags || base.equals("regs") ? 0 : 2;
            }
            default -> 2;
        };
    }
}
