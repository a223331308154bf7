// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.VersionComparison;
import org.patchoscope.semantics.kernel.SourceState;

/** Reviews two series on the same base, and the last state of one against the last state of the other. */
public final class VersionReviewer {
    private final ReviewPipeline pipeline;

    public VersionReviewer(ReviewPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The step from the end of {@code older} to the end of {@code newer}, as a series of one patch. */
    public static ReviewJob difference(ReviewJob older, ReviewJob newer) {
        SortedSet<String> touched = new TreeSet<>(older.touched());
        touched.addAll(newer.touched());
        List<PatchHunk> hunks = new ArrayList<>();
        newer.parts().forEach(p -> hunks.addAll(p.hunks()));
        ReviewJob.Part step =
                new ReviewJob.Part(1, "the end of " + name(newer), "", "", List.copyOf(touched), List.of(), hunks);
        List<SourceState> ends =
                List.of(older.states().getLast(), newer.states().getLast());
        return new ReviewJob(
                name(newer) + " against " + name(older),
                newer.version(),
                newer.author(),
                newer.base(),
                ends,
                List.of(step),
                touched,
                List.of(),
                List.of(),
                Review.Subject.VERSIONS);
    }

    private static String name(ReviewJob job) {
        String version = job.version() > 1 ? " (v" + job.version() + ")" : "";
        // Its limits are the patches that do not apply.
        return job.title() + version + (job.limits().isEmpty() ? "" : " as far as it applies");
    }

    /** The series as one patch, for a reader who only asks for its end. */
    public static ReviewJob squashed(ReviewJob job) {
        List<PatchHunk> hunks = new ArrayList<>();
        job.parts().forEach(p -> hunks.addAll(p.hunks()));
        ReviewJob.Part all = new ReviewJob.Part(1, job.title(), "", "", List.copyOf(job.touched()), List.of(), hunks);
        return new ReviewJob(
                job.title(),
                job.version(),
                job.author(),
                job.base(),
                List.of(job.states().getFirst(), job.states().getLast()),
                List.of(all),
                job.touched(),
                job.limits());
    }

    /** Reviews all three in {@code lanes}; {@code limits} are said of each. */
    public VersionComparison review(
            ReviewJob older, ReviewJob newer, List<ReviewPipeline.Lane> lanes, List<String> limits) {
        Review first = pipeline.review(older, lanes, n -> true, with(limits, older));
        Review second = pipeline.review(newer, lanes, n -> true, with(limits, newer));
        Review step = pipeline.review(difference(older, newer), lanes, n -> true, limits);
        return new VersionComparison(first, second, step, CarriedFindings.between(first, second));
    }

    private static List<String> with(List<String> limits, ReviewJob job) {
        List<String> all = new ArrayList<>(job.limits());
        all.addAll(limits);
        return all;
    }
}
