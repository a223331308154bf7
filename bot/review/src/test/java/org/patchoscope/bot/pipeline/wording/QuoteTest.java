// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A finding quotes the lines it is about. */
class QuoteTest {
    private static final List<String> SIGNATURE =
            List.of("@@ -1 +1 @@", "-int check(int a)", "+bool check(int a)", " {");
    private static final List<String> CALL =
            List.of("@@ -9,3 +9,3 @@ int enter(void)", " {", "-\tif (check(1))", "+\tif (!check(1))", " \t\treturn;");

    @Test
    void aChangedCallIsMeantBeforeAChangedSignature() {
        assertThat(new Quote(List.of(SIGNATURE, CALL)).about(List.of("check"))).isEqualTo(CALL);
    }

    @Test
    void theNearestNameDecides() {
        assertThat(new Quote(List.of(SIGNATURE, CALL)).about(List.of("missing", "enter")))
                .isEqualTo(CALL);
    }

    @Test
    void anotherFunctionsCallIsNotMeantWhereTheFindingsOwnFunctionHasAVariantOfIt() {
        List<String> own =
                List.of("@@ -20,3 +20,3 @@ bool emulate(void)", " \tt = check();", "-\tif (!t)", "+\tif (t)");
        List<String> other = List.of("@@ -1,2 +1,2 @@ int enter(void)", "-\tr = __check();", "+\tif (!__check())");
        assertThat(new Quote(List.of(other, own)).about(List.of("__check", "emulate")))
                .isEqualTo(own);
        assertThat(new Quote(List.of(other, own)).about(List.of("__check", "another")))
                .isEqualTo(other);
    }

    @Test
    void whereNothingIsNamedNothingIsQuoted() {
        assertThat(new Quote(List.of(SIGNATURE)).about(List.of("chec"))).isEmpty();
    }
}
