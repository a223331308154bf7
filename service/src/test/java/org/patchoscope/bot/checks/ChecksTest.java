// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.checks.Checks.Check;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.MessageId;

/** A check passes only where something was simulated, and nothing was found or left open. */
class ChecksTest {
    private final Database database = Fixtures.database();
    private final SeriesStore series = new SeriesStore(database, Fixtures.CLOCK);
    private final ReviewStore reviews = new ReviewStore(database, Fixtures.CLOCK);
    private final long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWaitsHasNotPassed() {
        assertThat(check()).get().extracting(Check::status, Check::summary).containsExactly("warn", "review: waiting");
    }

    @Test
    void ofWhatIsNoBusinessOfOursNothingIsSaid() {
        refuse(Reason.NOT_ON_ENTRY_PATH);
        assertThat(check()).isEmpty();
    }

    @Test
    void whatWasNotReviewedHasNotPassed() {
        refuse(Reason.DOES_NOT_APPLY);
        assertThat(check())
                .get()
                .extracting(Check::status, Check::summary)
                .containsExactly("warn", "not reviewed: it does not apply");
    }

    @Test
    void aProofPasses() {
        reviews.add(id, Fixtures.review(Verdict.EQUIVALENT, Verdict.NOT_BUILT));
        assertThat(check())
                .get()
                .extracting(Check::status, Check::summary)
                .containsExactly("pass", "no change of behaviour found");
    }

    @Test
    void whatIsNotBuiltWasNotSimulated() {
        reviews.add(id, Fixtures.review(Verdict.NOT_BUILT, Verdict.NOT_BUILT));
        assertThat(check())
                .get()
                .extracting(Check::status, Check::summary)
                .containsExactly("warn", "nothing that it touches is built here");
    }

    @Test
    void whatIsLeftOpenHasNotPassed() {
        reviews.add(id, Fixtures.review(Verdict.EQUIVALENT, Verdict.NOT_ANALYSED));
        assertThat(check())
                .get()
                .extracting(Check::status, Check::summary)
                .containsExactly("warn", "not everything was analysed");
    }

    private void refuse(Reason reason) {
        series.move(id, EnumSet.of(SeriesState.WAITING), SeriesState.NOT_REVIEWED, reason, "");
    }

    private Optional<Check> check() {
        StoredSeries s = series.find(id).orElseThrow();
        return new Checks(reviews).of(s, series.patches(id), new MessageId(s.root()), "http://localhost");
    }
}
