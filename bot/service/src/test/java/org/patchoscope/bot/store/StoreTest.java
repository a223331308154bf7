// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.bot.engine.SeriesReviewer;
import org.patchoscope.bot.report.Links;
import org.patchoscope.bot.report.html.HtmlReport;
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

    private static byte[] demoMails() {
        try {
            return SeriesReviewer.demoMails();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Cut off anywhere, from the front or from the back, in any order: a version is its mails. */
    @ParameterizedTest
    @ValueSource(strings = {"first 1", "first 2", "last 1", "last 2", "cut"})
    void aPartOfAThreadAndTheWholeOfItAreOneSeries(String part) {
        String whole = new String(demoMails(), StandardCharsets.ISO_8859_1);
        List<String> mails = List.of(whole.split("(?m)^(?=From )"));
        String some = switch (part) {
            case "first 1" -> String.join("", mails.subList(0, 2));
            case "first 2" -> String.join("", mails.subList(0, 3));
            case "last 1" -> mails.getLast();
            case "last 2" -> String.join("", mails.subList(mails.size() - 2, mails.size()));
            default -> whole.substring(0, whole.length() - 300);
        };
        long first = series.add(Fixtures.mailed(some)).id();
        assertThat(series.add(Fixtures.mailed(whole)).id()).isEqualTo(first);
        assertThat(series.patches(first))
                .hasSize(Fixtures.demoSeries().series().patches().size());
        assertThat(new String(series.mails(first), StandardCharsets.ISO_8859_1)).hasSizeGreaterThan(some.length());
        assertThat(series.add(Fixtures.mailed(some)).id()).isEqualTo(first);
        assertThat(series.patches(first))
                .hasSize(Fixtures.demoSeries().series().patches().size());
        assertThat(series.ofTopic(series.find(first).orElseThrow().topic())).hasSize(1);
    }

    /** Also where the part was reviewed already: the whole is reviewed then. */
    @Test
    void aPartThatWasReviewedBecomesTheWholeAndWaitsAgain() {
        String whole = new String(demoMails(), StandardCharsets.ISO_8859_1);
        List<String> mails = List.of(whole.split("(?m)^(?=From )"));
        long id = series.add(Fixtures.mailed(String.join("", mails.subList(0, 3))))
                .id();
        series.move(id, EnumSet.of(SeriesState.AWAITING_PARTS), SeriesState.NOT_REVIEWED, Reason.CANCELLED, "");
        assertThat(series.add(Fixtures.mailed(whole))).isEqualTo(new SeriesStore.Added.Grown(id));
        assertThat(series.find(id).orElseThrow().state()).isEqualTo(SeriesState.WAITING);
    }

    /** Nobody waits for an older version once a newer one is there; one that lacks parts is not there yet. */
    @Test
    void aNewerVersionTakesThePlaceOfOneUnderReviewOnlyWhenItIsWhole() {
        long v1 = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        series.move(v1, EnumSet.of(SeriesState.WAITING), SeriesState.RUNNING, Reason.NONE, "");
        String part =
                Fixtures.mail("entry: Tidy up", 2, "kernel/entry/common.c").replace("[PATCH v2]", "[PATCH v2 1/2]");
        long v2 = series.add(Fixtures.mailed(part)).id();
        assertThat(series.find(v2).orElseThrow().state()).isEqualTo(SeriesState.AWAITING_PARTS);
        assertThat(series.find(v1).orElseThrow().state()).isEqualTo(SeriesState.RUNNING);
        series.add(Fixtures.series("entry: Tidy up", 3));
        assertThat(series.find(v1).orElseThrow().reason()).isEqualTo(Reason.SUPERSEDED);
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
        assertThat(reviews.findings(review)).hasSize(4);
        assertThat(reviews.ofFunction("do_el0_svc", 10)).hasSize(4);
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
