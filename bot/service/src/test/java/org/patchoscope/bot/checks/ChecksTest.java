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

    /** Of a patch after one that does not apply nothing is known, least of all that nothing of it is built. */
    @Test
    void whatWasNotReviewedSaysWhy() {
        reviews.add(id, Fixtures.notReviewed("patch 2, which comes before it, does not apply"));
        assertThat(check())
                .get()
                .extracting(Check::status, Check::summary)
                .containsExactly("warn", "not reviewed, because patch 2, which comes before it, does not apply");
    }

    /** Whatever becomes of another attempt: what is known is known until something newer is. */
    @Test
    void theLastFinishedReviewStandsUntilANewerOneHasFinished() {
        reviews.add(id, Fixtures.review(Verdict.EQUIVALENT, Verdict.NOT_ANALYSED));
        Optional<Check> known = check();
        assertThat(known).isPresent();
        assertThat(series.again(id)).isTrue();
        assertThat(check()).isEqualTo(known);
        series.move(id, EnumSet.of(SeriesState.WAITING), SeriesState.RUNNING, Reason.NONE, "");
        assertThat(check()).isEqualTo(known);
        for (Reason reason : EnumSet.complementOf(EnumSet.of(Reason.NONE))) {
            series.move(id, EnumSet.allOf(SeriesState.class), SeriesState.NOT_REVIEWED, reason, "");
            assertThat(check()).as("%s", reason).isEqualTo(known);
            assertThat(series.find(id).orElseThrow().state()).isEqualTo(SeriesState.REVIEWED);
        }
    }

    private void refuse(Reason reason) {
        series.move(id, EnumSet.of(SeriesState.WAITING), SeriesState.NOT_REVIEWED, reason, "");
    }

    private Optional<Check> check() {
        StoredSeries s = series.find(id).orElseThrow();
        return new Checks(reviews).of(s, series.patches(id), new MessageId(s.root()), "http://localhost");
    }
}
