// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** One cause is one finding, wherever it can be seen. */
class NumberedTest {
    @Test
    void whatComesFromOneHunkIsOneFindingAndTheSimplestShowsIt() {
        List<Numbered> all = of(
                root("f", finding("a", "a() is no longer called in f()", List.of(1), "", "x", "y", "z")),
                root("g", finding("b", "a() is no longer called in g()", List.of(1), "", "x")));

        assertThat(all).singleElement().satisfies(n -> {
            assertThat(n.finding().id()).isEqualTo("b");
            assertThat(n.also())
                    .singleElement()
                    .satisfies(o -> assertThat(o.functions()).containsExactly("f"));
        });
    }

    @Test
    void aCallThatIsNamedShowsItRatherThanAShorterCondition() {
        List<Numbered> all = of(
                root("f", finding("a", "b() is no longer called in f()", List.of(1), "", "x")),
                root(
                        "f",
                        finding(
                                "b",
                                "c() is no longer called in f()",
                                List.of(1),
                                "b() is no longer called",
                                "x",
                                "y")));

        assertThat(all)
                .singleElement()
                .satisfies(n -> assertThat(n.finding().id()).isEqualTo("b"));
    }

    @Test
    void whatMayComeFromSeveralHunksIsOneFindingOnlyWhereTheSameHappens() {
        List<Numbered> all = of(
                root("f", finding("a", "a() is no longer called in f()", List.of(1, 2), "", "x")),
                root("f", finding("b", "b() is no longer called in f()", List.of(1, 2), "", "x")),
                root("g", finding("c", "b() is no longer called in g()", List.of(1, 2), "", "x", "y")));

        assertThat(all).extracting(n -> n.finding().id()).containsExactly("a", "b");
        assertThat(all.getLast().also()).extracting(n -> n.finding().id()).containsExactly("c");
    }

    @Test
    void whatTheHunksDoNotTellApartStaysApart() {
        assertThat(of(
                        root("f", finding("a", "a() is no longer called in f()", List.of(), "", "x")),
                        root("g", finding("b", "a() is no longer called in g()", List.of(), "", "x"))))
                .hasSize(2);
    }

    @Test
    void aCauseVanishesOnlyWhereAllThatComesFromItDoes() {
        FindingText vanishing = vanishing(finding("a", "a() is no longer called in f()", List.of(1), "", "x"));

        assertThat(of(
                        root("f", vanishing),
                        root("f", finding("b", "b() is no longer called in f()", List.of(1), "", "x", "y"))))
                .singleElement()
                .satisfies(n -> assertThat(n.finding().id()).isEqualTo("b"));
        assertThat(of(root("f", vanishing)))
                .singleElement()
                .satisfies(n -> assertThat(n.finding().vanishesUnder()).containsExactly("assumed"));
    }

    private static FindingText vanishing(FindingText f) {
        return new FindingText(
                f.id(),
                f.kind(),
                f.summary(),
                f.conditions(),
                f.before(),
                f.after(),
                f.witness(),
                List.of("assumed"),
                f.cause(),
                f.pairs(),
                f.further());
    }

    private static FindingText finding(
            String id, String summary, List<Integer> hunks, String consequence, String... tests) {
        return new FindingText(
                id,
                Verdict.CHANGED,
                summary,
                List.of(List.of(tests)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Review.Cause(hunks, "", List.of(), consequence, List.of()),
                1,
                0);
    }

    private static Root root(String function, FindingText finding) {
        return new Root(function, Verdict.CHANGED, 1, List.of(finding), List.of(), List.of());
    }

    private static List<Numbered> of(Root... roots) {
        Unit unit = Unit.unmeasured(
                "arm64", "base", Verdict.CHANGED, List.of(), List.of(roots), List.of(), List.of(), List.of());
        return Numbered.merge(new PatchReview(1, "t", "i@x", List.of(), List.of(), List.of(), List.of(unit)), 1);
    }
}
