// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.html.HtmlReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Verdict;

class DigestTest {
    @Test
    void namesFindingsAsTheReportDoes() {
        Digest digest = Digest.of(Samples.demo());
        assertThat(digest.result()).startsWith("Simulated on");
        assertThat(digest.findings())
                .extracting(Digest.Entry::number)
                .startsWith(1, 2)
                .isSorted();
        assertThat(digest.findings().get(1).fate()).isEqualTo("stands");
    }

    /** A series for another architecture: that nothing changes here is no news, and no proof of anything. */
    @Test
    void whereNothingIsBuiltNoEquivalenceIsTold() {
        Review demo = Samples.demo();
        Review.Unit unit = Review.Unit.unmeasured(
                "arm64", "base", Verdict.NOT_BUILT, List.of(), List.of(), List.of(), List.of(), List.of());
        Review review = new Review(
                demo.title(),
                demo.version(),
                demo.author(),
                demo.base(),
                demo.tool(),
                List.of("arm64"),
                demo.configurations(),
                List.of(new Review.PatchReview(1, "t", "i@x", List.of(), List.of(), List.of(), List.of(unit))),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        assertThat(Digest.of(review).result()).endsWith(": nothing of what is touched is built.");
    }

    @Test
    void aPageMayLinkFunctionsAndMails() {
        String body = HtmlReport.body(Samples.demo(), new Links() {
            @Override
            public Optional<String> function(String name) {
                return Optional.of("/f/" + name);
            }

            @Override
            public Optional<String> mail(String messageId) {
                return messageId.isEmpty() ? Optional.empty() : Optional.of("/m/" + messageId);
            }
        });
        assertThat(body)
                .contains("<a href=\"/f/el0_svc_common\">el0_svc_common()</a>")
                .contains("<a href=\"/m/20261101.1@example.org\">the mail</a>")
                .doesNotContain("<html", "<style");
    }
}
