// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Target;

/** Error numbers are said by name where they are numbers of a result's width; small numbers stay numbers. */
class ErrorNamesTest {
    private final Exprs x = new Exprs();
    private final Words words = new Words(
            new Profiles().shipped(Target.of("arm64").profile()),
            new Layout(new DebugInfo(Map.of(), Map.of(), Map.of(), Map.of())),
            Map.of(),
            x);

    @Test
    void aNegativeErrorNumberHasItsName() {
        assertThat(said(-38, 64)).isEqualTo("-ENOSYS");
        assertThat(said(-512, 32)).isEqualTo("-ERESTARTSYS");
    }

    @Test
    void itsLower32BitsSaySo() {
        assertThat(said(0xffffffdaL, 64)).isEqualTo("(u32)-ENOSYS");
    }

    /** It is the size of an instruction there. */
    @Test
    void aNumberInASumHasNone() {
        Expr pc = x.sym("pc", 64);
        Expr back = x.ite(x.sym("thumb", 1), x.constant(-2, 64), x.constant(-14, 64));

        assertThat(words.arguments(List.of(x.add(pc, back)))).doesNotContain("EFAULT");
    }

    @Test
    void otherNumbersStayNumbers() {
        assertThat(said(-1, 64)).isEqualTo("-1");
        assertThat(said(38, 64)).isEqualTo("38");
        assertThat(said(-38, 8)).isEqualTo("-38");
    }

    private String said(long value, int width) {
        return Names.whole((Expr.Const) x.constant(value, width));
    }
}
