// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;

/** How a reader can repeat what a report says. */
public final class HowToCheck {
    private HowToCheck() {}

    public static List<String> of(Review review, List<Numbered> findings) {
        List<String> out = new ArrayList<>();
        if (!findings.isEmpty()) {
            out.add("Each witness above was run through both versions and gave the two traces shown. Setting the"
                    + " inputs to its values, by hand or in a debugger, must show them again.");
        }
        Optional<String> id = review.patches().stream()
                .map(PatchReview::messageId)
                .filter(i -> !i.isBlank())
                .findFirst();
        // A patch from a repository has its commit for an id.
        id.ifPresent(i -> out.add(
                i.contains("@")
                        ? "To repeat: patchoscope review MBOX --tree TREE, with the thread of " + i
                        : "To repeat: patchoscope review " + review.title() + " --tree TREE"));
        if (review.subject() == Review.Subject.RELEASES) {
            out.add("To repeat: patchoscope releases " + tree(review.base()) + " "
                    + tree(
                            review.patches().isEmpty()
                                    ? "NEWER"
                                    : review.patches().getFirst().title())
                    + " --arch " + String.join(",", review.architectures()));
        }
        String applied = new Steps(review).ofSeries() ? "Applied to " + review.base() + ", built" : "Built";
        out.add(applied + " and simulated with " + review.tool() + ".");
        return out;
    }

    /** The name that a tree is registered by, without the commit behind it. */
    private static String tree(String named) {
        int commit = named.lastIndexOf(" (");
        return commit < 0 ? named : named.substring(0, commit);
    }
}
