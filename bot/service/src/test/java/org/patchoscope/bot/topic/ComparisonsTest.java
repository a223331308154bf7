// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.store.Carried;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.NewSeries;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.TestDatabase;

class ComparisonsTest {
    private static final String LOST = "audit_syscall_exit() is no longer called in el0_svc()";
    private static final String MOVED = "trace_sys_exit() comes earlier than before in el0_svc()";

    private final Database database;
    private final SeriesStore series;
    private final ReviewStore reviews;
    private final ComparisonStore store;
    private final Comparisons comparisons;

    ComparisonsTest() {
        database = kind().open();
        series = new SeriesStore(database, Clock.systemUTC());
        reviews = new ReviewStore(database, Clock.systemUTC());
        store = new ComparisonStore(database);
        comparisons = new Comparisons(store, series, reviews);
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aVersionIsComparedOnceWithTheReviewedOneBeforeIt() {
        long first = review(1, LOST);
        assertThat(comparisons.compare()).isEqualTo(1);
        long second = review(2, MOVED);
        series.add(posted(3));
        long fourth = review(4);
        assertThat(comparisons.compare()).isEqualTo(1);
        assertThat(comparisons.compare()).isZero();
        assertThat(fates(first, second)).containsExactly(Carried.Fate.STILL_THERE);
        assertThat(fates(second, fourth)).containsExactly(Carried.Fate.GONE);
        assertThat(comparisons
                        .before(reviews.find(fourth).orElseThrow())
                        .orElseThrow()
                        .id())
                .isEqualTo(second);
    }

    @Test
    void versionsThatAreReviewedInAnotherOrderAreComparedAllTheSame() {
        long third = review(3, MOVED);
        comparisons.compare();
        long first = review(1, LOST);
        comparisons.compare();
        assertThat(fates(first, third)).hasSize(1);
        long second = review(2, LOST);
        comparisons.compare();
        assertThat(fates(first, second)).containsExactly(Carried.Fate.STILL_THERE);
        assertThat(fates(second, third)).containsExactly(Carried.Fate.STILL_THERE);
    }

    @Test
    void aVersionThatIsReviewedAgainIsComparedAgain() {
        long first = review(1, LOST);
        long second = review(2, LOST);
        comparisons.compare();
        long again = reviews.add(reviews.find(second).orElseThrow().series().id(), small(MOVED, LOST));
        comparisons.compare();
        assertThat(fates(first, again)).containsExactly(Carried.Fate.NEW, Carried.Fate.STILL_THERE);
    }

    @Test
    void aFindingIsOneThroughAllVersionsAlsoInOtherWords() {
        long first = review(1, LOST);
        long second = review(2, MOVED);
        long third = review(3, MOVED);
        comparisons.compare();
        long topic = reviews.find(first).orElseThrow().series().topic();
        var threads = comparisons.threads(topic);
        assertThat(threads.thread(first, 1))
                .isEqualTo(threads.thread(second, 1))
                .isEqualTo(threads.thread(third, 1));
        assertThat(threads.identities(third, 1)).containsExactlyInAnyOrder(identity(first), identity(second));
    }

    /** As v14 of the corpus: a part of the work, in which the rest could not be. */
    @Test
    void whatAVersionBeforeTheOneBeforeHasIsThereAgain() {
        long first = review(1, LOST);
        long second = review(2);
        long third = review(3, LOST);
        comparisons.compare();
        assertThat(fates(second, third)).containsExactly(Carried.Fate.NEW);
        assertThat(lastSeen(third)).containsExactly(Map.entry(1, first));
        assertThat(lastSeen(first)).isEmpty();
        assertThat(lastSeen(second)).isEmpty();
    }

    @Test
    void alsoInOtherWords() {
        long first = review(1, LOST);
        review(2);
        review(3);
        long fourth = review(4, MOVED);
        comparisons.compare();
        assertThat(lastSeen(fourth)).containsExactly(Map.entry(1, first));
        assertThat(comparisons.threads(topic(first)).thread(fourth, 1))
                .isEqualTo(comparisons.threads(topic(first)).thread(first, 1));
        assertThat(store.ofTopic(topic(first)))
                .as("nothing but what is there again is kept of a comparison that goes further back")
                .filteredOn(c -> c.older() == first && c.newer() == fourth)
                .singleElement()
                .satisfies(c ->
                        assertThat(c.findings()).extracting(Carried::fate).containsExactly(Carried.Fate.STILL_THERE));
    }

    @Test
    void ofSeveralOlderVersionsTheNewestIsNamed() {
        review(1, LOST);
        long second = review(2, LOST);
        review(3);
        long fourth = review(4, LOST);
        comparisons.compare();
        assertThat(lastSeen(fourth)).containsExactly(Map.entry(1, second));
    }

    @Test
    void aSecondFindingWithTheSameWordsIsNew() {
        review(1, LOST);
        review(2, LOST);
        long third = review(3, LOST, LOST);
        comparisons.compare();
        assertThat(lastSeen(third)).isEmpty();
    }

    private Map<Integer, Long> lastSeen(long review) {
        Map<Integer, Long> out = new TreeMap<>();
        comparisons.lastSeen(reviews.find(review).orElseThrow()).forEach((n, r) -> out.put(n, r.id()));
        return out;
    }

    private long topic(long review) {
        return reviews.find(review).orElseThrow().series().topic();
    }

    private String identity(long review) {
        return reviews.findings(review).stream()
                .map(StoredFinding::identity)
                .findFirst()
                .orElseThrow();
    }

    private List<Carried.Fate> fates(long older, long newer) {
        return store.find(older, newer).orElseThrow().findings().stream()
                .map(Carried::fate)
                .toList();
    }

    private long review(int version, String... findings) {
        long id = series.add(posted(version)).id();
        return reviews.add(id, small(findings));
    }

    /** A patch of which most stays from version to version. */
    private static NewSeries posted(int version) {
        return Fixtures.mailed(
                Fixtures.mail("entry: Tidy up", version, "kernel/entry/common.c")
                        .replace(
                                "@@ -1 +1 @@\n",
                                "@@ -1,9 +1,9 @@\n int c;\n int d;\n-int e;\n-int f;\n+int g;\n+int h;\n int i;\n int j;\n int k;\n int l;\n"));
    }

    private static org.patchoscope.bot.review.Review small(String... findings) {
        return new SmallReview().patch(1, findings).review();
    }
}
