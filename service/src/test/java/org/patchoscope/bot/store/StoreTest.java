// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.HtmlReport;
import org.patchoscope.bot.report.Links;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.SeriesAssembler;

class StoreTest {
    private final Database database;
    private final SeriesStore series;
    private final ReviewStore reviews;

    StoreTest() {
        database = kind().open();
        series = new SeriesStore(database, Fixtures.CLOCK);
        reviews = new ReviewStore(database, Fixtures.CLOCK);
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatAPatchDoesToTracingIsKept() {
        long review = reviews.add(series.add(Fixtures.demoSeries()).id(), Fixtures.tracedReview());
        assertThat(reviews.read(review)).isEqualTo(Fixtures.tracedReview());
        assertThat(HtmlReport.body(reviews.read(review), Links.NONE)).contains("1 function becomes traceable");
    }

    @Test
    void aSeriesHandedInTwiceIsOne() {
        var first = series.add(Fixtures.series("entry: Tidy up", 1));
        var second = series.add(Fixtures.series("entry: Tidy up", 1));
        assertThat(first).isInstanceOf(SeriesStore.Added.New.class);
        assertThat(second).isEqualTo(new SeriesStore.Added.Known(first.id()));
    }

    @Test
    void versionsAreOneTopicAndOthersAreNot() {
        long v1 = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        long v2 = series.add(Fixtures.series("entry: Tidy up", 2)).id();
        long other = series.add(Fixtures.series("entry: Something else", 1)).id();
        long topic = series.find(v1).orElseThrow().topic();
        assertThat(series.ofTopic(topic)).extracting(StoredSeries::id).containsExactly(v1, v2);
        assertThat(series.find(other).orElseThrow().topic()).isNotEqualTo(topic);
    }

    @Test
    void aWaitingVersionGivesWayToALaterOne() {
        long v1 = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        long v2 = series.add(Fixtures.series("entry: Tidy up", 2)).id();
        assertThat(series.find(v1).orElseThrow().reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(series.find(v2).orElseThrow().state()).isEqualTo(SeriesState.WAITING);
    }

    @Test
    void aSeriesMovesOnlyFromWhereItIs() {
        long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        Set<SeriesState> waiting = EnumSet.of(SeriesState.WAITING);
        assertThat(series.move(id, waiting, SeriesState.RUNNING, Reason.NONE, ""))
                .isTrue();
        assertThat(series.move(id, waiting, SeriesState.RUNNING, Reason.NONE, ""))
                .isFalse();
        assertThat(series.find(id).orElseThrow().attempts()).isEqualTo(1);
    }

    @Test
    void mailsComeBackAsTheSameSeries() throws Exception {
        NewSeries demo = Fixtures.demoSeries();
        long id = series.add(demo).id();
        var again = SeriesAssembler.assemble(MailSource.read(new ByteArrayInputStream(series.mails(id)), "the store"))
                .newest("the store");
        assertThat(again.patches()).isEqualTo(demo.series().patches());
        assertThat(again.cover()).isEqualTo(demo.series().cover());
    }

    @Test
    void aReviewIsKeptWholeAndLookedUpInParts() {
        long id = series.add(Fixtures.demoSeries()).id();
        long review = reviews.add(id, Fixtures.demoReview());
        assertThat(reviews.read(review)).isEqualTo(Fixtures.demoReview());
        assertThat(series.find(id).orElseThrow().state()).isEqualTo(SeriesState.REVIEWED);
        assertThat(reviews.findings(review)).hasSize(5);
        assertThat(reviews.ofFunction("do_el0_svc", 10)).hasSize(5);
        assertThat(reviews.changesAfter(0, 10))
                .extracting(ReviewStore.Change::review)
                .containsExactly(review);
    }

    @Test
    void aFindingIsKnownAgainInALaterVersion() {
        long first =
                reviews.add(series.add(Fixtures.series("entry: Tidy up", 1)).id(), Fixtures.demoReview());
        long second =
                reviews.add(series.add(Fixtures.series("entry: Tidy up", 2)).id(), Fixtures.demoReview());
        assertThat(reviews.findings(second))
                .extracting(StoredFinding::identity)
                .doesNotHaveDuplicates()
                .isEqualTo(reviews.findings(first).stream()
                        .map(StoredFinding::identity)
                        .toList());
    }

    @Test
    void aSeriesIsFoundByAnyOfItsMails() {
        long id = series.add(Fixtures.demoSeries()).id();
        assertThat(series.byMessage("20260914080000.4711-1-mira.talvik@example.org"))
                .get()
                .extracting(StoredSeries::id)
                .isEqualTo(id);
        assertThat(series.byMessage("20260914080000.4711-4-mira.talvik@example.org"))
                .isPresent();
        assertThat(series.byMessage("nobody@example.org")).isEmpty();
    }
}
