// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Error numbers are said by name where they are numbers of a result's width; small numbers stay numbers. */
class ErrorNamesTest {
    private final Exprs x = new Exprs();

    @Test
    void aNegativeErrorNumberHasItsName() {
        assertThat(said(-38, 64)).isEqualTo("-ENOSYS");
        assertThat(said(-512, 32)).isEqualTo("-ERESTARTSYS");
    }

    @Test
    void itsLower32BitsSaySo() {
        assertThat(said(0xffffffdaL, 64)).isEqualTo("(u32)-ENOSYS");
    }

    @Test
    void otherNumbersStayNumbers() {
        assertThat(said(-1, 64)).isEqualTo("-1");
        assertThat(said(38, 64)).isEqualTo("38");
        assertThat(said(-38, 8)).isEqualTo("-38");
    }

    private String said(long value, int width) {
        return Names.number((Expr.Const) x.constant(value, width));
    }
}
