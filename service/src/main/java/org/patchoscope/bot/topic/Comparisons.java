// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.FindingThreads;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.Wishes;
import org.patchoscope.mail.MailInputException;
import org.patchoscope.mail.MailSource;
import org.patchoscope.mail.Patch;
import org.patchoscope.mail.SeriesAssembler;

/** Compares each reviewed version of a topic with the reviewed one before it, once, in whatever order they are reviewed. */
public final class Comparisons {
    private static final Logger LOG = Logger.getLogger(Comparisons.class);
    private static final int BATCH = 20;

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
        comparisons.compared(all);
    }

    private void compare(StoredReview older, StoredReview newer) {
        try {
            List<Patch> before = patches(older.series());
            List<Patch> after = patches(newer.series());
            comparisons.keep(new ComparisonStore.Comparison(
                    older.id(),
                    newer.id(),
                    Carrying.between(side(older, before), side(newer, after), PatchNumbers.of(before, after))));
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
