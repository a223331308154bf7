// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.topic.Comparisons;

/** What is said of a finding through several versions. */
@QuarkusTest
@TestProfile(TopicPageTest.Own.class)
class TopicPageTest {
    /** With reviews that no other test finds. */
    public static final class Own extends OwnData {}

    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    @Inject
    SeriesStore series;

    @Inject
    ReviewStore reviews;

    @Inject
    Comparisons comparisons;

    @Test
    void aFindingThatAnOlderVersionHadIsNotNew() throws Exception {
        long first = add(1, Fixtures.demoReview());
        add(2, Fixtures.review(Review.Verdict.EQUIVALENT, Review.Verdict.EQUIVALENT));
        long last = add(3, Fixtures.demoReview());
        comparisons.compare();
        long topic = reviews.find(last).orElseThrow().series().topic();
        assertThat(new AdminVisitor(here).get("/t/" + topic).body())
                .contains("<div>there again</div>")
                .doesNotContain("<div>new</div>");
        assertThat(new AdminVisitor(here).get("/r/" + last).body())
                .containsPattern("Since v2: <a href=\"/t/" + topic + "\">\\d+ there again</a>");
        assertThat(first).isPositive();
    }

    private long add(int version, Review review) {
        return reviews.add(series.add(Fixtures.series("entry: Back", version)).id(), review);
    }
}
