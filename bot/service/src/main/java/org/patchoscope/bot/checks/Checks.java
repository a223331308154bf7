// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.checks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredPatch;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.MessageId;

/** What is known of a mailed patch, or of a whole series, in a few words: as b4 shows results of checks. */
public final class Checks {
    private final ReviewStore reviews;

    public Checks(ReviewStore reviews) {
        this.reviews = reviews;
    }

    /**
     * A check as b4 reads it.
     *
     * @param status pass, warn or fail; a change of behaviour is a warning, a broken promise of a changelog a failure
     * @param details lines, or empty
     */
    public record Check(String tool, String status, String summary, String url, String details) {
        static Check of(String status, String summary, String url, List<String> details) {
            return new Check("patchoscope", status, summary, url, String.join("\n", details));
        }
    }

    /**
     * The check of a mail of a series; none where the series is no business of ours, since passing would say too much.
     *
     * @param site address of the pages
     */
    public Optional<Check> of(StoredSeries series, List<StoredPatch> patches, MessageId mail, String site) {
        Optional<StoredReview> last = reviews.ofSeries(series.id());
        if (last.isPresent()) {
            return last.map(r -> reviewed(r, number(patches, mail), site));
        }
        String url = site + "/s/" + series.id();
        return switch (series.state()) {
            case AWAITING_PARTS, WAITING, RUNNING ->
                Optional.of(Check.of("warn", "review: " + series.state().text(), url, List.of()));
            case NOT_REVIEWED ->
                series.reason() == Reason.NOT_ON_ENTRY_PATH
                        ? Optional.empty()
                        : Optional.of(Check.of(
                                "warn",
                                "not reviewed: " + series.reason().text(),
                                url,
                                series.detail().isEmpty() ? List.of() : List.of(series.detail())));
            case REVIEWED -> Optional.empty();
        };
    }

    /** Which patch a mail is; the cover letter stands for all of them. */
    public static Optional<Integer> number(List<StoredPatch> patches, MessageId mail) {
        return patches.stream()
                .filter(p -> new MessageId(p.messageId()).equals(mail))
                .map(StoredPatch::number)
                .findFirst();
    }

    /**
     * The check that a review gives.
     *
     * @param patch a number, or nothing for all patches
     */
    public Check reviewed(StoredReview stored, Optional<Integer> patch, String site) {
        Review review = reviews.read(stored.id());
        List<StoredFinding> findings = reviews.findings(stored.id()).stream()
                .filter(f -> patch.map(n -> n == f.patch()).orElse(f.patch() > 0))
                .toList();
        List<Review.PatchReview> meant = review.patches().stream()
                .filter(p -> patch.isEmpty() || patch.get() == p.number())
                .toList();
        long broken = meant.stream()
                .flatMap(p -> p.claims().stream())
                .filter(c -> c.standing() == Review.Claim.Standing.FAILS)
                .count();
        Optional<String> open = open(meant);
        String url = site + "/r/" + stored.id() + patch.map(n -> "#patch-" + n).orElse("");
        List<String> details = Stream.concat(
                        findings.stream().map(f -> f.arch() + ": " + f.summary() + fate(f)),
                        open.stream().map(o -> o + "; the page says what, and why"))
                .toList();
        String status = broken > 0 ? "fail" : findings.isEmpty() && open.isEmpty() ? "pass" : "warn";
        return Check.of(status, summary(findings, broken, open), url, details);
    }

    /** Why it cannot be said of patches that nothing else changes. */
    public static Optional<String> open(List<Review.PatchReview> patches) {
        List<Review.Verdict> verdicts = patches.stream()
                .flatMap(p -> p.units().stream())
                .map(Review.Unit::verdict)
                .toList();
        Optional<String> left = patches.stream()
                .filter(p -> !p.reviewed())
                .flatMap(p -> p.units().getFirst().reasons().stream()
                        .limit(1)
                        .map(why -> (patches.size() == 1 ? "" : "from patch " + p.number() + " on ")
                                + "not reviewed, because " + why))
                .findFirst();
        if (left.isPresent()) {
            return left;
        }
        // Reviews that were made before such patches were kept have no word of them.
        if (verdicts.isEmpty()) {
            return Optional.of("not reviewed; the page says up to which patch");
        }
        if (verdicts.contains(Review.Verdict.NOT_ANALYSED) || verdicts.contains(Review.Verdict.NOT_REVIEWED)) {
            return Optional.of("not everything was analysed");
        }
        if (verdicts.contains(Review.Verdict.EQUAL_WITHIN_BOUND)) {
            return Optional.of("equal only as far as loops were followed");
        }
        return verdicts.stream().allMatch(v -> v == Review.Verdict.NOT_BUILT)
                ? Optional.of("nothing that it touches is built here")
                : Optional.empty();
    }

    private static String fate(StoredFinding finding) {
        return finding.fate().equals("undone") ? " (a later patch undoes it)" : "";
    }

    private static String summary(List<StoredFinding> findings, long broken, Optional<String> open) {
        long changed = findings.stream().filter(f -> f.kind().equals("changed")).count();
        long races = findings.size() - changed;
        List<String> parts = Stream.of(
                        broken > 0 ? "a promise of the changelog does not hold" : "",
                        changed > 0 ? changed + (changed == 1 ? " change of behaviour" : " changes of behaviour") : "",
                        races > 0 ? races + (races == 1 ? " race window" : " race windows") : "",
                        open.orElse(""))
                .filter(p -> !p.isEmpty())
                .toList();
        return parts.isEmpty() ? "no change of behaviour found" : String.join(", ", parts);
    }
}
