// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.patchoscope.bot.pipeline.ReviewException;

/** The value of {@code --only}: numbers and ranges of patches, all if it is blank. */
public final class PatchNumbers {
    private PatchNumbers() {}

    public static IntPredicate parse(String only) throws ReviewException {
        if (only.isBlank()) {
            return n -> true;
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : only.split(",", -1)) {
            if (!part.matches("\\d{1,4}(-\\d{1,4})?")) {
                throw new ReviewException("not a list of patches: " + only, "--only", "write 7-11 or 3,5");
            }
            String[] ends = part.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                numbers.add(i);
            }
        }
        return numbers::contains;
    }
}
