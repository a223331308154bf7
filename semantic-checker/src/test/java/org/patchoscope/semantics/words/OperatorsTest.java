// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Target;

/** What is written is what is meant when it is read as C. */
class OperatorsTest {
    private final Exprs x = new Exprs();
    private final Words words = new Words(
            new Profiles().shipped(Target.of("x86_64").profile()),
            new Layout(new DebugInfo(Map.of(), Map.of(), Map.of(), Map.of())),
            Map.of(),
            x);
    private final Expr a = x.sym("a", 64);
    private final Expr b = x.sym("b", 64);
    private final Expr c = x.sym("c", 64);

    @Test
    void anOperandWithAnOperatorStandsInParentheses() {
        assertThat(words.value(x.binary(BinaryOp.MUL, x.add(a, b), c))).isIn("(a + b) * c", "c * (a + b)");
        assertThat(words.value(x.binary(BinaryOp.SUB, a, x.binary(BinaryOp.SUB, b, c))))
                .isIn("a - (b - c)", "a + (c - b)");
        assertThat(words.value(x.not(x.and(a, b)))).isEqualTo("~(a & b)");
        assertThat(words.value(x.add(a, -8))).isEqualTo("a - 8");
    }

    @Test
    void anOperandOfAComparisonDoesToo() {
        Expr page = x.and(a, x.constant(0xfffff000L, 64));
        assertThat(words.condition(x.eq(page, x.constant(0x600000, 64)))).isEqualTo("(a & 0xfffff000) == 0x600000");
        assertThat(words.condition(x.binary(BinaryOp.ULT, x.add(a, b), c))).isEqualTo("(a + b) < c (unsigned)");
    }

    @Test
    void whatHasABitStandsInParenthesesWhereItHasAnOperator() {
        Expr bit = x.extract(x.add(a, b), 3, 1);
        assertThat(words.condition(bit)).isEqualTo("(a + b) has bit 3");
        assertThat(words.condition(x.not(bit))).isEqualTo("(a + b) does not have bit 3");
        assertThat(words.condition(x.or(bit, x.eq(a, b)))).contains("(a + b) has bit 3", " or ", "a == b");
        assertThat(words.condition(x.extract(a, 3, 1))).isEqualTo("a has bit 3");
    }

    @Test
    void whatAComparisonGivesIsACondition() {
        Expr widened = x.concat(x.constant(0, 31), x.not(x.eq(a, b)));
        assertThat(words.value(x.unary(UnaryOp.NEG, widened))).isEqualTo("-(a != b)");
    }

    @Test
    void conditionsThatACompilerJoinedAreTakenApart() {
        Expr one = x.concat(x.constant(0, 7), x.not(x.eq(x.and(a, x.constant(0xff0, 64)), x.constant(0x600, 64))));
        Expr two = x.concat(x.constant(0, 7), x.eq(x.extract(a, 10, 2), x.constant(3, 2)));
        assertThat(words.condition(x.eq(x.or(one, two), x.constant(0, 8))))
                .isIn(
                        "((a & 0xff0) == 1536 and bits 11:10 of a != 3)",
                        "(bits 11:10 of a != 3 and (a & 0xff0) == 1536)");
    }

    @Test
    void conditionsThatHoldTogetherAreListed() {
        Expr one = x.eq(a, b);
        Expr two = x.eq(b, c);
        assertThat(words.conditions(x.and(one, x.not(two)))).containsExactlyInAnyOrder("a == b", "b != c");
        assertThat(words.conditions(x.not(x.or(one, two)))).containsExactlyInAnyOrder("a != b", "b != c");
        assertThat(words.conditions(x.or(one, two))).hasSize(1);
        Expr widened = x.concat(x.constant(0, 7), x.not(x.or(one, two)));
        assertThat(words.conditions(x.eq(widened, x.constant(1, 8)))).containsExactlyInAnyOrder("a != b", "b != c");
    }

    @Test
    void bitsOfSomeBitsAreNumberedFromTheLowest() {
        Expr low = x.and(x.extract(a, 10, 22), x.constant(3, 22));
        assertThat(words.condition(x.eq(low, x.constant(2, 22)))).isEqualTo("bits 11:10 of a == 2");
        assertThat(words.condition(x.not(x.eq(low, x.constant(3, 22))))).isEqualTo("bits 11:10 of a != 3");
    }

    @Test
    void bitsAreThoseOfTheWholeNumber() {
        assertThat(words.condition(x.eq(x.extract(a, 4, 2), x.constant(2, 2)))).isEqualTo("bits 5:4 of a == 2");
        assertThat(words.value(x.extract(x.add(a, b), 4, 2))).isEqualTo("bits 5:4 of (a + b)");
    }

    @Test
    void aPartOfAWordIsShownWithACastUnlessItsTypeSaysSo() {
        Expr word = x.apply("memory@entry", 64, List.of(a, x.constant(120, 64)));
        assertThat(words.value(x.extract(word, 0, 32))).isEqualTo("(u32)*(a+120) at entry");
        assertThat(words.value(x.extract(x.sym("ret:f#1", 64), 0, 32))).isEqualTo("f() result");
    }

    @Test
    void variablesAreCalledByTheirNames() {
        Expr mode = x.sym("&vsyscall_mode", 64);
        Expr count = x.add(x.sym("percpu", 64), x.sym("&__preempt_count", 64));
        Expr zero = x.constant(0, 64);
        assertThat(words.value(x.apply("memory@entry", 64, List.of(mode, zero))))
                .isEqualTo("vsyscall_mode at entry");
        assertThat(words.value(x.apply("memory@entry", 64, List.of(count, zero))))
                .isEqualTo("this CPU's __preempt_count at entry");
        assertThat(words.value(x.apply("memory@entry", 64, List.of(x.add(a, b), zero))))
                .isEqualTo("*(a + b) at entry");
    }

    @Test
    void registersAreCalledByTheirNames() {
        Expr number = x.sym("undefined:rax@entry", 64);
        assertThat(words.condition(x.eq(number, x.constant(-1, 64)))).isEqualTo("rax at entry == -1");
        assertThat(words.value(x.sym("undefined:x5@f#1", 64))).isEqualTo("x5 after f()");
    }
}
