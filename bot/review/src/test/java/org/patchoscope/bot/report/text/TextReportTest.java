// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.Golden;
import org.patchoscope.bot.report.Samples;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

public class TextReportTest {
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

    @Test
    void whatNobodyReadsToTheEndIsCut() {
        String sum = "x" + " + x".repeat(1000);
        FindingText finding = new FindingText(
                "a1",
                Verdict.CHANGED,
                "f() returns another value",
                List.of(List.of(sum + " == 0")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Review.Cause.UNKNOWN,
                1,
                0);
        Review review = of(
                "A series",
                Samples.unit("arm64", "base", Verdict.CHANGED, Samples.root("f", Verdict.CHANGED, finding)));

        String text = TextReport.render(review, false);

        assertThat(text.replaceAll("\\s+", " ")).contains("see --verbose, --html or --json]");
        assertThat(text.lines().filter(l -> l.contains("x + x"))).hasSizeLessThan(8);
        assertThat(JsonReport.render(review)).contains(sum);
    }

    @Test
    void whatIsNotKnownOfManyFunctionsForOneReasonIsSaidOnce() {
        Review review = of(
                "A series",
                Samples.unit(
                        "arm64",
                        "base",
                        Verdict.NOT_ANALYSED,
                        open("el0_irq", "a pointer of unknown type (at el0_irq+0x10)"),
                        open("el0_sp", "an instruction does not lift (at el0_sp+0x4)"),
                        open("el0_fiq", "a pointer of unknown type (at el0_fiq+0x10)")));
        assertThat(TextReport.render(review, false).replaceAll("\\s+", " "))
                .contains("Not analysed: el0_irq, el0_fiq: a pointer of unknown type; "
                        + "el0_sp: an instruction does not lift (at el0_sp+0x4)");
    }

    @Test
    void whatACalleeReturnsIsSaidOfTheLastOneDownTheCalls() {
        Review review = of(
                "A series",
                Samples.unit(
                        "arm64",
                        "base",
                        Verdict.NOT_ANALYSED,
                        open("filter", "more than 12000 paths"),
                        open("permit", "what filter(), which it calls, returns is not known"),
                        open("enter", "what permit(), which it calls, returns is not known"),
                        open("again", "what again(), which it calls, returns is not known")));
        assertThat(TextReport.render(review, false).replaceAll("\\s+", " "))
                .contains("Not analysed: filter: more than 12000 paths; permit, enter: what filter() returns is not "
                        + "known, which they call or what they call does; "
                        + "again: what again(), which it calls, returns is not known");
    }

    private static Root open(String function, String reason) {
        return new Root(function, Verdict.NOT_ANALYSED, 0, List.of(), List.of(reason), List.of());
    }

    public static Review hostile(String text) {
        return of(text, Samples.unit("arm64", "base", Verdict.NOT_ANALYSED));
    }

    private static Review of(String text, Unit unit) {
        return new Review(
                text,
                1,
                text,
                text,
                text,
                List.of("arm64"),
                List.of(new Review.Configuration("base", List.of(text))),
                List.of(Samples.patch(1, text, List.of(), unit)),
                List.of(),
                List.of(),
                List.of(text),
                List.of());
    }
}
