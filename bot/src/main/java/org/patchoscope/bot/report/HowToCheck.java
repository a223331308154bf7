// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;

/** How a reader can repeat what a report says. */
final class HowToCheck {
    private HowToCheck() {}

    static List<String> of(Review review, List<Numbered> findings) {
        List<String> out = new ArrayList<>();
        if (!findings.isEmpty()) {
            out.add("Each witness above was run through both versions and gave the two traces shown. Setting the"
                    + " inputs to its values, by hand or in a debugger, must show them again.");
        }
        Optional<String> id = review.patches().stream()
                .map(PatchReview::messageId)
                .filter(i -> !i.isBlank())
                .findFirst();
        id.ifPresent(i -> out.add("To repeat: patchoscope review MBOX --tree TREE, with the thread of " + i));
        out.add("Applied to " + review.base() + ", built and simulated with " + review.tool() + ".");
        return out;
    }
}
