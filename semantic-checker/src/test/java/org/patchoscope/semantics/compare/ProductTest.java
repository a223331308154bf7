// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Outcome;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.PathCondition;
import org.patchoscope.semantics.machine.PathTree;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;

/** Two trees of ways, walked together. */
class ProductTest {
    private final Exprs x = new Exprs();
    private final Expr user = x.sym("user", 1);
    private final Expr ibrs = x.sym("ibrs", 1);

    @Test
    void casesThatComeToTheSameAreOne() {
        List<Difference> found = differences(
                new PathTree.Decision(ibrs, way("wrmsr", "iretq"), way("wrmsr", "iretq")), way("wrmsr", "sysretq"));

        assertThat(found)
                .singleElement()
                .satisfies(d -> assertThat(d.condition()).isEmpty());
    }

    /** A processor without IBRS has no write to lose; what all of them have in common is the trap. */
    @Test
    void casesAreOneOnlyByWhatAllOfThemHaveInCommon() {
        PathTree before = new PathTree.Decision(
                user,
                new PathTree.Decision(ibrs, way("wrmsr", "swapgs", "iretq"), way("swapgs", "iretq")),
                way("wrmsr", "iretq"));
        PathTree after = new PathTree.Decision(user, way("ud2"), way("iretq"));

        assertThat(differences(before, after))
                .extracting(Difference::condition, Difference::groups)
                .containsExactlyInAnyOrder(
                        tuple(List.of(user), List.of("gained:ud2")),
                        tuple(List.of(x.not(user)), List.of("lost:wrmsr")));
    }

    private List<Difference> differences(PathTree before, PathTree after) {
        try (Solver solver = new Z3Solver()) {
            return new Product(x, solver, 100, 100, 1_000, Boundary.same(List.of()))
                    .compare(before, after)
                    .differences();
        }
    }

    private PathTree way(String... events) {
        List<Event> all = Stream.of(events)
                .map(e -> new Event(
                        Event.Kind.SYSTEM,
                        e,
                        1,
                        List.of(),
                        List.of(),
                        Map.of(),
                        "off",
                        x.constant(0, 64),
                        Map.of(),
                        "f+0x0"))
                .toList();
        return new PathTree.Leaf(new Path(new PathCondition(x), all, new Outcome.Finished(), Map.of(), Set.of()));
    }
}
