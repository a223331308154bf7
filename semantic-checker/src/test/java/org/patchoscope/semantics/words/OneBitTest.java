// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;

/** Operations on single bits are said, whichever they are. */
class OneBitTest {
    private final Exprs x = new Exprs();
    private final Words words = new Words(
            ArchProfile.bare("arm64", new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE")),
            new Layout(DebugInfo.none()),
            Map.of(),
            x);

    @Test
    void everyOperationOnTwoBitsHasWords() {
        Expr a = x.sym("a", 1);
        Expr b = x.sym("b", 1);
        for (BinaryOp op : BinaryOp.values()) {
            Expr e = x.binary(op, a, b);
            assertThat(words.condition(e)).as(op.name()).isNotEmpty();
            assertThat(words.value(e)).as(op.name()).isNotEmpty();
        }
        assertThat(words.condition(x.xor(a, b))).contains("(a is true) != (b is true)");
    }

    @Test
    void anExpressionThatNobodyCouldReadIsCut() {
        Expr deep = x.sym("a", 64);
        for (int i = 0; i < 5_000; i++) {
            deep = x.binary(BinaryOp.MUL, x.xor(deep, x.sym("b", 64)), x.sym("c", 64));
        }

        assertThat(words.value(deep)).contains("…").hasSizeLessThan(5_000);
    }
}
