// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Claim.Standing;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.Wishes;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;

/** Decides about reviews that nothing was decided about yet. */
public final class Replies {
    private static final Logger LOG = Logger.getLogger(Replies.class);
    private static final int BATCH = 50;

    private final Outbox outbox;
    private final BounceStore bounces;
    private final ReviewStore reviews;
    private final SeriesStore series;
    private final CommandStore commands;
    private final Comparisons comparisons;
    private final PolicyFile policies;
    private final ReplyWriter writer;
    private final Clock clock;

    public Replies(
            Outbox outbox,
            BounceStore bounces,
            ReviewStore reviews,
            SeriesStore series,
            CommandStore commands,
            Comparisons comparisons,
            PolicyFile policies,
            ReplyWriter writer,
            Clock clock) {
        this.outbox = outbox;
        this.bounces = bounces;
        this.reviews = reviews;
        this.series = series;
        this.commands = commands;
        this.comparisons = comparisons;
        this.policies = policies;
        this.writer = writer;
        this.clock = clock;
    }

    /** Decides about what is undecided; about how many. */
    public int decide() {
        // What was dismissed in an older version is known again only by that.
        comparisons.compare();
        List<Long> undecided = outbox.undecided(BATCH);
        for (long id : undecided) {
            StoredReview stored = reviews.find(id).orElseThrow();
            try {
                decide(stored);
            } catch (MailInputException | IllegalStateException | IllegalArgumentException e) {
                LOG.warnf("review %d: no reply: %s", id, e.getMessage());
                keep(
                        stored,
                        ReplyState.SILENT,
                        List.of("A reply could not be written."),
                        Optional.empty(),
                        clock.instant());
            }
        }
        return undecided.size();
    }

    private void decide(StoredReview stored) throws MailInputException {
        StoredSeries s = stored.series();
        if (s.source().equals(StoredSeries.DEMO)) {
            keep(
                    stored,
                    ReplyState.SILENT,
                    List.of("The demo's series was mailed by nobody."),
                    Optional.empty(),
                    stored.made());
            return;
        }
        Review review = reviews.read(stored.id());
        List<Message> mails = MailSource.read(new ByteArrayInputStream(series.mails(s.id())), "the store");
        Message root = mails.getFirst();
        Wishes wishes = commands.wishes(s.topic());
        Digest digest = Digest.of(review);
        Map<Integer, String> untold = comparisons.untold(stored, digest, wishes);
        Action action =
                Decision.of(policies.of(s.list()), situation(stored, review, digest, root, wishes, untold.keySet()));
        switch (action) {
            case Action.Silence a -> keep(stored, ReplyState.SILENT, a.reasons(), Optional.empty(), stored.made());
            case Action.Preview a ->
                keep(
                        stored,
                        ReplyState.PREVIEW,
                        a.reasons(),
                        mail(stored, review, mails, a.to(), untold),
                        stored.made());
            case Action.Moderate a ->
                keep(stored, ReplyState.HELD, a.reasons(), mail(stored, review, mails, a.to(), untold), a.notBefore());
            case Action.Send a ->
                keep(
                        stored,
                        ReplyState.QUEUED,
                        a.reasons(),
                        mail(stored, review, mails, a.to(), untold),
                        a.notBefore());
        }
    }

    private Optional<ReplyMail> mail(
            StoredReview stored, Review review, List<Message> mails, Policy.Audience to, Map<Integer, String> untold) {
        return Optional.of(writer.write(stored, review, mails, to, untold, clock.instant()));
    }

    private Situation situation(
            StoredReview stored, Review review, Digest digest, Message root, Wishes wishes, Set<Integer> untold) {
        StoredSeries s = stored.series();
        // The whole series shows again what its patches show.
        List<Digest.Entry> findings =
                digest.findings().stream().filter(f -> f.patch() > 0).toList();
        int undone =
                (int) findings.stream().filter(f -> f.fate().equals("undone")).count();
        int left = (int) findings.stream()
                .filter(f -> !f.fate().equals("undone") && untold.contains(f.number()))
                .count();
        List<Verdict> verdicts = review.patches().stream()
                .flatMap(p -> p.units().stream())
                .map(Review.Unit::verdict)
                .toList();
        boolean complete =
                verdicts.stream().noneMatch(Verdict::open) && verdicts.stream().anyMatch(v -> v != Verdict.NOT_BUILT);
        boolean claimsFail = review.patches().stream()
                .flatMap(p -> p.claims().stream())
                .anyMatch(c -> c.standing() == Standing.FAILS);
        return new Situation(
                stored.made(),
                findings.size() - undone - left,
                undone,
                left,
                complete,
                claimsFail,
                root.from().address().toLowerCase(Locale.ROOT),
                root.header("Auto-Submitted")
                        .filter(v -> !v.strip().equalsIgnoreCase("no"))
                        .isPresent(),
                series.ofTopic(s.topic()).stream().anyMatch(o -> o.version() > s.version()),
                wishes.stopped(),
                outbox.answered(s.id()),
                stored.isOfOldMail(),
                outbox.today(s.list()),
                bounces.unreachable(writer.recipients(
                                stored, root, policies.of(s.list()).audience()))
                        .orElse(""));
    }

    private void keep(
            StoredReview stored, ReplyState state, List<String> reasons, Optional<ReplyMail> mail, Instant notBefore) {
        outbox.keep(stored.id(), stored.series().id(), stored.series().list(), state, reasons, mail, notBefore);
    }
}
