// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FewValuesTest {
    private final Exprs x = new Exprs();
    private final FewValues few = new FewValues(x);
    private final Expr denied = x.sym("denied", 1);

    @Test
    void aNegatedTruthValueIsNoughtOrMinusOne() {
        Expr result = x.unary(UnaryOp.NEG, x.zeroExtend(denied, 32));

        assertThat(few.of(result)).hasValueSatisfying(v -> assertThat(v).containsExactlyInAnyOrder(0L, 0xffff_ffffL));
    }

    @Test
    void aComparisonOfUnknownsIsATruthValue() {
        Expr result = x.zeroExtend(x.eq(x.sym("a", 64), x.sym("b", 64)), 8);

        assertThat(few.of(result)).hasValueSatisfying(v -> assertThat(v).containsExactlyInAnyOrder(0L, 1L));
    }

    @Test
    void eitherOfTwoConstantsIsOneOfThem() {
        Expr result = x.ite(denied, x.constant(-1, 32), x.constant(7, 32));

        assertThat(few.of(result)).hasValueSatisfying(v -> assertThat(v).containsExactlyInAnyOrder(7L, 0xffff_ffffL));
    }

    @Test
    void anUnknownNumberMayBeAnything() {
        assertThat(few.of(x.sym("ret:f#1", 32))).isEmpty();
        assertThat(few.of(x.ite(denied, x.sym("ret:f#1", 32), x.constant(0, 32))))
                .isEmpty();
    }
}
