// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Putting equals for equals finds out what a solver of bits would find out, only sooner. */
class EqualitySolverTest {
    private final Exprs x = new Exprs();
    private final Expr current = x.sym("current", 64);
    private final Expr head = x.sym("head", 64);

    private Expr next(Expr at) {
        return x.apply("memory@", 64, List.of(at, x.constant(0, 64)));
    }

    /** A list whose first element is this task and comes after itself never ends: for_each_thread() of one thread. */
    @Test
    void a_list_that_goes_round_does_not_reach_its_head() {
        Expr first = next(head);
        Expr second = next(first);
        Expr here = x.eq(current, x.sub(first, x.constant(1512, 64)));
        Expr hereAgain = x.eq(current, x.sub(second, x.constant(1512, 64)));
        Expr notYet = x.not(x.eq(head, first));
        Expr atHead = x.eq(head, next(second));
        Expr beside = x.eq(x.sym("other", 64), x.constant(7, 64));
        try (Z3Solver none = new Z3Solver();
                Solver solver = new EqualitySolver(x, none)) {
            Solver.Answer answer = solver.check(List.of(here, hereAgain, notYet, beside, atHead));
            assertThat(answer).isEqualTo(new Solver.Answer.Unsatisfiable(Set.of(here, hereAgain, notYet, atHead)));
            assertThat(none.queries()).isZero();
        }
    }

    /** Whatever it answers by itself, a solver of bits answers too, of the core as well. */
    @Test
    void it_never_sees_a_contradiction_where_there_is_none() {
        Random random = new Random(1);
        int seen = 0;
        try (Z3Solver z3 = new Z3Solver();
                Solver solver = new EqualitySolver(x, z3)) {
            for (int round = 0; round < 400; round++) {
                List<Expr> conditions = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    Expr equal = x.eq(term(random, 3), term(random, 3));
                    conditions.add(random.nextBoolean() ? equal : x.not(equal));
                }
                long before = z3.queries();
                Solver.Answer answer = solver.check(conditions);
                if (z3.queries() == before && answer instanceof Solver.Answer.Unsatisfiable u) {
                    seen++;
                    assertThat(z3.check(u.core())).isInstanceOf(Solver.Answer.Unsatisfiable.class);
                    assertThat(conditions).containsAll(u.core());
                }
            }
        }
        assertThat(seen).isPositive();
    }

    private Expr term(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(2) : random.nextInt(4)) {
            case 0 -> current;
            case 1 -> head;
            case 2 -> next(term(random, depth - 1));
            default -> x.add(term(random, depth - 1), x.constant(8L * random.nextInt(2), 64));
        };
    }
}
