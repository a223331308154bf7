// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Member;
import org.patchoscope.semantics.object.DebugInfo.Structure;
import org.patchoscope.semantics.solver.Z3Solver;

/** Under which assumption of the x86-64 profile what tells need_resched() from should_resched(0) cannot be. */
class AssumptionCheckTest {
    private static final String MIRRORED = "preempt-count-mirrors-need-resched";
    private static final Structure INFO =
            new Structure("thread_info", 8, List.of(new Member("flags", 0, new DebugInfo.Type("unsigned long", 8))));
    private static final Structure TASK = new Structure(
            "task_struct", 8, List.of(new Member("thread_info", 0, new DebugInfo.Type("thread_info", 8))));

    private final Exprs x = new Exprs();
    private final Expr current = x.sym("current", 64);
    private final Expr count = x.add(x.sym("percpu", 64), x.sym("&__preempt_count", 64));

    private Expr read(Expr base, String when) {
        return x.apply("memory@" + when, 64, List.of(base, x.constant(0, 64)));
    }

    private Expr needed(String when) {
        return x.not(x.isZero(x.and(read(current, when), x.constant(8, 64))));
    }

    private Expr countIs(long value, String when) {
        return x.eq(x.extract(read(count, when), 0, 32), x.constant(value, 32));
    }

    private List<String> vanishing(Expr... condition) {
        Layout layout = new Layout(
                new DebugInfo(Map.of(), Map.of("thread_info", INFO, "task_struct", TASK), Map.of(), Map.of()));
        try (Z3Solver solver = new Z3Solver()) {
            return new AssumptionCheck(
                            new Profiles().shipped("x86-64"), layout, Map.of("_TIF_NEED_RESCHED", 8L), x, solver)
                    .vanishing(List.of(List.of(condition)));
        }
    }

    @Test
    void aCountThatAsksForSchedulingWithoutTheFlagIsExcluded() {
        assertThat(vanishing(countIs(0, "entry"), x.not(needed("entry")))).containsExactly(MIRRORED);
    }

    @Test
    void soIsTheFlagWithACountThatDoesNotAsk() {
        assertThat(vanishing(countIs(0x80000000L, "entry"), needed("entry"))).containsExactly(MIRRORED);
    }

    @Test
    void whatAgreesIsNot() {
        assertThat(vanishing(countIs(0, "entry"), needed("entry"))).isEmpty();
        assertThat(vanishing(countIs(0x80000001L, "entry"), x.not(needed("entry"))))
                .isEmpty();
    }

    @Test
    void readsAtTwoMomentsMayDiffer() {
        assertThat(vanishing(countIs(0, "entry"), x.not(needed("hook#1")))).isEmpty();
    }
}
