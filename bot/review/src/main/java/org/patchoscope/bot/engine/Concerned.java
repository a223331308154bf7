// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/**
 * Which architectures a series is reviewed for: those that are asked for and for which something that it touches is built. Files of
 * one architecture concern that one alone; any other file concerns all. A review has a column for every architecture, and says in it
 * why one was left out.
 *
 * @param reviewed in Kbuild's names
 * @param left the others, each with why
 */
record Concerned(List<String> reviewed, Map<String, Left> left) {
    /** Kbuild's name of each architecture, and its directory. */
    private static final Map<String, String> ALL = all();

    /** Why an architecture has no results. */
    record Left(Verdict verdict, String why) {}

    Concerned {
        reviewed = List.copyOf(reviewed);
        left = Map.copyOf(left);
    }

    private static Map<String, String> all() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("arm64", "arch/arm64/");
        out.put("x86_64", "arch/x86/");
        return out;
    }

    /**
     * Those that files concern.
     *
     * @param asked in Kbuild's names
     */
    static Concerned by(Collection<String> files, List<String> asked) {
        List<String> reviewed = new ArrayList<>();
        Map<String, Left> left = new LinkedHashMap<>();
        ALL.forEach((arch, directory) -> {
            boolean concerned =
                    files.isEmpty() || files.stream().anyMatch(f -> f.startsWith(directory) || !f.startsWith("arch/"));
            if (!concerned) {
                left.put(arch, new Left(Verdict.NOT_BUILT, "no file that is touched is built for it"));
            } else if (asked.contains(arch)) {
                reviewed.add(arch);
            } else {
                left.put(arch, new Left(Verdict.NOT_REVIEWED, "it was not asked for here"));
            }
        });
        // Where nothing is concerned all that was asked for is built, and says so itself.
        return reviewed.isEmpty() ? new Concerned(asked, Map.of()) : new Concerned(reviewed, left);
    }

    /** A review of those reviewed, with a column for each of the others. */
    Review complete(Review review) {
        List<String> archs = new ArrayList<>(review.architectures());
        left.keySet().stream().sorted().filter(a -> !archs.contains(a)).forEach(archs::add);
        List<PatchReview> patches =
                review.patches().stream().map(p -> complete(p, review)).toList();
        return review.with(archs, patches);
    }

    private PatchReview complete(PatchReview patch, Review review) {
        List<Unit> units = new ArrayList<>(patch.units());
        String configuration = review.configurations().isEmpty()
                ? "base"
                : review.configurations().getFirst().name();
        left.forEach((arch, l) -> units.add(Unit.unmeasured(
                arch,
                configuration,
                patch.reviewed() ? l.verdict() : Verdict.NOT_REVIEWED,
                List.of(),
                List.of(),
                patch.reviewed() ? List.of(l.why()) : patch.units().getFirst().reasons(),
                List.of(),
                List.of())));
        return new PatchReview(
                patch.number(),
                patch.title(),
                patch.messageId(),
                patch.touched(),
                patch.applied(),
                patch.claims(),
                units);
    }
}
