// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Verdict;

class TextReportTest {
    @Test
    void readsLikeThis() throws Exception {
        Golden.check("demo.txt", TextReport.render(Samples.demo(), false));
    }

    @Test
    void keepsToEightyColumns() {
        assertThat(TextReport.render(Samples.demo(), false).lines())
                .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void colourAddsNothingButColour() {
        String plain = TextReport.render(Samples.demo(), false);
        String coloured = TextReport.render(Samples.demo(), true);
        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(plain);
    }

    @Test
    void mailCannotSteerTheTerminal() {
        Review review = hostile("\u001b]0;owned\u0007 \u202egnp.exe \u009b31m");
        assertThat(TextReport.render(review, false)).doesNotContainPattern("[\\p{Cntrl}\u202e\u0080-\u009f&&[^\n]]");
    }

    @Test
    void anEmptySearchIsNotAProof() {
        Review review = hostile("plain");
        assertThat(TextReport.render(review, false))
                .contains("no behaviour change found,\n1 patch not analysed")
                .contains("Not analysed: no reason was recorded (arm64, base).");
    }

    static Review hostile(String text) {
        return new Review(
                text,
                1,
                text,
                text,
                text,
                List.of("arm64"),
                List.of(new Review.Configuration("base", List.of(text))),
                List.of(Samples.patch(1, text, List.of(), Samples.unit("arm64", "base", Verdict.NOT_ANALYSED))),
                List.of(),
                List.of(),
                List.of(text),
                List.of());
    }
}
