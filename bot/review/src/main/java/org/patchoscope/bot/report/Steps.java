// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.List;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Subject;

/**
 * What the steps of a review are called: the patches of a series, or the one step from this to that of which the title
 * of the review speaks.
 */
public final class Steps {
    private final Review review;
    private final boolean series;

    public Steps(Review review) {
        this.review = review;
        this.series = review.subject() == Subject.SERIES;
    }

    public boolean ofSeries() {
        return series;
    }

    /** What was simulated: "v7.2 + patches 1-3", "linux-7.3 against linux-7.2". */
    String simulated() {
        List<Integer> numbers =
                review.reviewed().stream().map(PatchReview::number).toList();
        if (series && numbers.isEmpty()) {
            return "on " + Words.clean(review.base());
        }
        return series
                ? "on " + Words.clean(review.base()) + (numbers.isEmpty() ? "" : " + " + Words.patches(numbers))
                : Words.clean(review.title());
    }

    /** Where the last patch that was looked at leaves the tree. */
    public String end() {
        return isWhole() ? "the end of the series" : "patch " + last() + ", the last that was reviewed";
    }

    /** Base against last patch, by the name of what lies between. */
    public String together() {
        return isWhole()
                ? "whole series: base against last patch"
                : "patches up to " + last() + " together: base against patch " + last();
    }

    private boolean isWhole() {
        return review.patches().isEmpty() || review.patches().getLast().reviewed();
    }

    private int last() {
        return review.reviewed().stream().mapToInt(PatchReview::number).max().orElse(0);
    }

    /** The head of the column of steps. */
    public String column() {
        return series ? "patch" : "step";
    }

    public String number(PatchReview patch) {
        return series ? String.valueOf(patch.number()) : "";
    }

    public String title(PatchReview patch) {
        return series ? patch.title() : review.title();
    }

    public String heading(PatchReview patch) {
        return series ? "Patch " + patch.number() + ": " + Words.clean(patch.title()) : Words.clean(review.title());
    }

    /** How many of them something holds for. */
    String counted(int n) {
        return series ? n + (n == 1 ? " patch" : " patches") : "some";
    }

    /** The step that the architectures beside each other are told of, "whole series" as number 0. */
    String named(int patch) {
        return series
                ? patch == 0 ? isWhole() ? "whole series" : "patches up to " + last() + " together" : "patch " + patch
                : Words.clean(review.title());
    }

    String beforeAndAfter(int patch) {
        return series ? "before and after this " + kind(patch) : "in " + older() + " and in " + newer();
    }

    String after(int patch) {
        return series ? "After this " + kind(patch) + " " : "In " + newer() + " ";
    }

    String before() {
        return series ? "Before it, " : "In " + older() + " ";
    }

    private static String kind(int patch) {
        return patch == 0 ? "series" : "patch";
    }

    private String older() {
        return Words.clean(review.base());
    }

    private String newer() {
        return review.patches().isEmpty()
                ? "the newer"
                : Words.clean(review.patches().getFirst().title());
    }
}
