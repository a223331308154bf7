// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.patchwork;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.patchoscope.bot.checks.Checks;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.CheckStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCheck;
import org.patchoscope.bot.store.StoredPatch;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;

/** Posts what reviews say of patches to Patchwork, for the lists that are named in the configuration. */
public final class PatchworkChecks {
    private static final Logger LOG = Logger.getLogger(PatchworkChecks.class);
    private static final int BATCH = 50;

    private final Patchwork patchwork;
    private final Set<String> lists;
    private final Data data;
    private final String site;

    /** Where everything is. */
    public record Data(
            CheckStore store, ReviewStore reviews, SeriesStore series, CommandStore commands, Checks checks) {}

    /**
     * Makes one.
     *
     * @param lists whose patches get checks
     * @param site address of the pages
     */
    public PatchworkChecks(Patchwork patchwork, List<String> lists, Data data, String site) {
        this.patchwork = patchwork;
        this.lists = lists.stream().map(l -> l.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.data = data;
        this.site = site;
    }

    /** Decides about new reviews, and posts what is due; how many checks were posted. */
    public int post() throws InterruptedException {
        for (long review : data.store().unplanned(BATCH)) {
            plan(data.reviews().find(review).orElseThrow());
        }
        int posted = 0;
        for (StoredCheck check : data.store().due(BATCH)) {
            posted += data.store().take(check) && post(check) ? 1 : 0;
        }
        return posted;
    }

    private void plan(StoredReview review) {
        StoredSeries s = review.series();
        boolean wanted = lists.contains(s.list().toLowerCase(Locale.ROOT))
                && !s.source().equals(StoredSeries.DEMO)
                && !review.isOfOldMail()
                && !data.commands().wishes(s.topic()).stopped();
        data.store().plan(review.id(), s.list(), wanted ? plans(review) : List.of());
    }

    private List<CheckStore.Plan> plans(StoredReview stored) {
        Review review = data.reviews().read(stored.id());
        Set<Integer> reviewed =
                review.patches().stream().map(Review.PatchReview::number).collect(Collectors.toSet());
        return data.series().patches(stored.series().id()).stream()
                .filter(p -> reviewed.contains(p.number()))
                .map(p -> plan(p, data.checks().reviewed(stored, Optional.of(p.number()), site)))
                .toList();
    }

    private static CheckStore.Plan plan(StoredPatch patch, Checks.Check check) {
        String result = switch (check.status()) {
            case "pass" -> "success";
            case "fail" -> "fail";
            default -> "warning";
        };
        return new CheckStore.Plan(patch.messageId(), result, check.summary(), check.url());
    }

    private boolean post(StoredCheck check) throws InterruptedException {
        switch (patchwork.post(check)) {
            case Patchwork.Outcome.Posted _ -> {
                data.store().end(check, StoredCheck.State.POSTED, "");
                return true;
            }
            case Patchwork.Outcome.Unknown _ ->
                data.store().later(check, StoredCheck.State.UNKNOWN, "Patchwork has no such patch of this list");
            case Patchwork.Outcome.Away a -> data.store().later(check, StoredCheck.State.REFUSED, a.problem());
            case Patchwork.Outcome.Refused r -> {
                data.store().end(check, StoredCheck.State.REFUSED, r.problem());
                LOG.warnf("check %d: %s", check.id(), r.problem());
            }
        }
        return false;
    }
}
