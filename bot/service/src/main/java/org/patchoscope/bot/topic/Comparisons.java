// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.store.Carried;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.FindingThreads;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.Wishes;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.SeriesAssembler;

/**
 * Compares each reviewed version of a topic with the reviewed one before it, once, in whatever order they are reviewed; and
 * what is new in it with those before that, one by one: an author may post a part of the work in between.
 */
public final class Comparisons {
    private static final Logger LOG = Logger.getLogger(Comparisons.class);
    private static final int BATCH = 20;
    /** Versions before the one before: people forget sooner. */
    private static final int MOST_BACK = 10;

    private final ComparisonStore comparisons;
    private final SeriesStore series;
    private final ReviewStore reviews;

    public Comparisons(ComparisonStore comparisons, SeriesStore series, ReviewStore reviews) {
        this.comparisons = comparisons;
        this.series = series;
        this.reviews = reviews;
    }

    /** Compares what is new; of how many topics. */
    public int compare() {
        List<Long> topics = comparisons.uncompared(BATCH);
        topics.forEach(this::compare);
        return topics.size();
    }

    private void compare(long topic) {
        // First: a review that comes from here on is not one of these, and is seen the next time.
        List<Long> all = reviews.ofTopic(topic);
        List<StoredReview> versions = versions(topic);
        for (int i = 1; i < versions.size(); i++) {
            StoredReview older = versions.get(i - 1);
            StoredReview newer = versions.get(i);
            if (!comparisons.has(older.id(), newer.id())) {
                compare(older, newer);
            }
        }
        for (int i = 2; i < versions.size(); i++) {
            lookFurtherBack(topic, versions, i);
        }
        comparisons.compared(all);
    }

    /** Sets what is new in a version against versions before the one before, the newest first. */
    private void lookFurtherBack(long topic, List<StoredReview> versions, int at) {
        StoredReview newer = versions.get(at);
        for (int i = at - 2; i >= Math.max(0, at - 1 - MOST_BACK); i--) {
            StoredReview older = versions.get(i);
            if (comparisons.has(older.id(), newer.id())) {
                continue;
            }
            FindingThreads threads = threads(topic);
            Set<Object> between = places(threads, versions.subList(i + 1, at + 1));
            Set<Object> before = places(threads, versions.subList(0, at));
            Set<Integer> fresh = reviews.findings(newer.id()).stream()
                    .map(StoredFinding::number)
                    .filter(n -> !before.contains(threads.thread(newer.id(), n)))
                    .collect(Collectors.toSet());
            if (fresh.isEmpty()) {
                return;
            }
            compare(
                    older,
                    newer,
                    f -> f.fate() == Carried.Fate.STILL_THERE
                            && fresh.contains(f.newer())
                            && !between.contains(threads.thread(older.id(), f.older())));
        }
    }

    private Set<Object> places(FindingThreads threads, List<StoredReview> versions) {
        return versions.stream()
                .flatMap(v -> reviews.findings(v.id()).stream().map(f -> threads.thread(v.id(), f.number())))
                .collect(Collectors.toSet());
    }

    /**
     * Where findings of a review, by number, were seen last that the version before does not have; those that no older version
     * has are missing.
     */
    public Map<Integer, StoredReview> lastSeen(StoredReview review) {
        List<StoredReview> older = versions(review.series().topic()).stream()
                .takeWhile(v -> v.id() != review.id())
                .toList();
        Map<Integer, StoredReview> out = new TreeMap<>();
        if (older.size() < 2) {
            return out;
        }
        FindingThreads threads = threads(review.series().topic());
        Set<Object> before = places(threads, List.of(older.getLast()));
        for (StoredReview version : older.subList(0, older.size() - 1)) {
            Set<Object> there = places(threads, List.of(version));
            for (StoredFinding f : reviews.findings(review.id())) {
                Object thread = threads.thread(review.id(), f.number());
                if (there.contains(thread) && !before.contains(thread)) {
                    out.put(f.number(), version); // the newest of them stays
                }
            }
        }
        return out;
    }

    private void compare(StoredReview older, StoredReview newer) {
        compare(older, newer, f -> true);
    }

    private void compare(StoredReview older, StoredReview newer, Predicate<Carried> kept) {
        try {
            List<Patch> before = patches(older.series());
            List<Patch> after = patches(newer.series());
            comparisons.keep(new ComparisonStore.Comparison(
                    older.id(),
                    newer.id(),
                    Carrying.between(side(older, before), side(newer, after), PatchNumbers.of(before, after)).stream()
                            .filter(kept)
                            .toList()));
        } catch (MailInputException | IllegalArgumentException | IllegalStateException e) {
            LOG.errorf(e, "reviews %d and %d cannot be compared", older.id(), newer.id());
        }
    }

    /** The last review of each version that has one, oldest version first. */
    private List<StoredReview> versions(long topic) {
        List<StoredReview> out = new ArrayList<>();
        series.ofTopic(topic).forEach(s -> reviews.ofSeries(s.id()).ifPresent(out::add));
        return out;
    }

    /** The review of the version before that of a review, as they are now. */
    public Optional<StoredReview> before(StoredReview review) {
        List<StoredReview> versions = versions(review.series().topic());
        for (int i = 1; i < versions.size(); i++) {
            if (versions.get(i).id() == review.id()) {
                return Optional.of(versions.get(i - 1));
            }
        }
        return Optional.empty();
    }

    /** A comparison that was made. */
    public Optional<ComparisonStore.Comparison> find(long older, long newer) {
        return comparisons.find(older, newer);
    }

    /** Which findings of all reviews of a topic are one. */
    public FindingThreads threads(long topic) {
        List<StoredFinding> findings = new ArrayList<>();
        reviews.ofTopic(topic).forEach(r -> findings.addAll(reviews.findings(r)));
        return FindingThreads.of(findings, comparisons.ofTopic(topic));
    }

    /** Why findings of a review are not told, by number; those that are told are missing. */
    public Map<Integer, String> untold(StoredReview stored, Digest digest, Wishes wishes) {
        FindingThreads threads = threads(stored.series().topic());
        Map<Integer, String> out = new TreeMap<>();
        digest.findings()
                .forEach(f -> wishes.untold(
                                threads.identities(stored.id(), f.number()),
                                f.finding().vanishesUnder())
                        .ifPresent(why -> out.put(f.number(), why)));
        return out;
    }

    private Side side(StoredReview stored, List<Patch> patches) {
        return Side.of(
                "v" + stored.series().version(),
                reviews.read(stored.id()),
                patches.stream().map(Patch::number).toList());
    }

    private List<Patch> patches(StoredSeries s) throws MailInputException {
        return SeriesAssembler.assemble(MailSource.read(new ByteArrayInputStream(series.mails(s.id())), "the store"))
                .newest("the store")
                .patches()
                .stream()
                .filter(Patch::hasDiff)
                .toList();
    }
}
