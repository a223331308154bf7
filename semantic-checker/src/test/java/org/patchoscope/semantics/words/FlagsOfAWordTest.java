// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;

/** Flags are said by the names that the kernel has for them, however the code comes to them. */
class FlagsOfAWordTest {
    private static final Map<String, Long> MACROS =
            Map.of("X86_EFLAGS_TF", 0x100L, "X86_EFLAGS_RF", 0x10000L, "X86_EFLAGS_NT", 0x4000L);

    private final Exprs x = new Exprs();
    private final Expr flags = x.sym("user flags", 64);
    private final Words words = new Words(new Profiles().shipped("x86-64"), new Layout(DebugInfo.none()), MACROS, x);

    @Test
    void bytesThatAreReadOfThemAreSaidAsTheirBits() {
        Expr middle = x.extract(flags, 8, 16);

        assertThat(words.condition(x.isZero(x.and(middle, x.constant(0x101, 16)))))
                .isEqualTo("user flags has none of X86_EFLAGS_TF | X86_EFLAGS_RF");
    }

    /** As a processor pushes them that keeps each in a register of its own. */
    @Test
    void flagsThatArePutTogetherBitByBitAreTheMaskedWord() {
        Expr pushed = x.constant(2, 64);
        for (int bit : new int[] {0, 6, 8, 10, 14, 16}) {
            pushed = x.or(pushed, x.ite(x.extract(flags, bit, 1), x.constant(1L << bit, 64), x.constant(0, 64)));
        }

        assertThat(words.condition(x.not(x.isZero(x.and(pushed, x.constant(0x4100, 64))))))
                .isEqualTo("user flags has any of X86_EFLAGS_TF | X86_EFLAGS_NT");
    }
}
