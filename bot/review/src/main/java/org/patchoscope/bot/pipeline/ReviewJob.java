// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.bot.review.Review;
import org.patchoscope.semantics.kernel.SourceState;

/**
 * What is to be reviewed, once mail and git are behind: states of a tree and what the patches between
 * them say.
 *
 * @param base name of the tree and commit, for people
 * @param states base first, then one per patch
 * @param parts one per patch, in order
 * @param touched files that make up the world besides those of the profile: all that any patch to be reviewed touches
 * @param limits what is not looked at, and why
 * @param left patches after those of {@code parts} that cannot be looked at
 * @param subject what is set against what
 */
public record ReviewJob(
        String title,
        int version,
        String author,
        String base,
        List<SourceState> states,
        List<Part> parts,
        SortedSet<String> touched,
        List<String> limits,
        List<Left> left,
        Review.Subject subject) {
    public ReviewJob {
        left = List.copyOf(left);
        limits = List.copyOf(limits);
        states = List.copyOf(states);
        parts = List.copyOf(parts);
    }

    /** One of a series. */
    public ReviewJob(
            String title,
            int version,
            String author,
            String base,
            List<SourceState> states,
            List<Part> parts,
            SortedSet<String> touched,
            List<String> limits) {
        this(title, version, author, base, states, parts, touched, limits, List.of(), Review.Subject.SERIES);
    }

    /** The same, of which one more thing is not looked at. */
    ReviewJob with(String limit) {
        List<String> all = new ArrayList<>(limits);
        all.add(limit);
        return new ReviewJob(title, version, author, base, states, parts, touched, all, left, subject);
    }

    /** The same, after which come patches that cannot be looked at. */
    ReviewJob before(List<Left> patches) {
        return new ReviewJob(title, version, author, base, states, parts, touched, limits, patches, subject);
    }

    /** The same, in whose world are just the files of the patches whose number is {@code wanted}. */
    public ReviewJob of(IntPredicate wanted) {
        SortedSet<String> theirs = new TreeSet<>();
        parts.stream().filter(p -> wanted.test(p.number())).forEach(p -> theirs.addAll(p.touched()));
        return new ReviewJob(title, version, author, base, states, parts, theirs, limits, left, subject);
    }

    /** Indices of the states that a review of the patches whose number {@code wanted} accepts needs: around each. */
    public SortedSet<Integer> needed(IntPredicate wanted) {
        SortedSet<Integer> needed = new TreeSet<>();
        for (int i = 0; i < parts.size(); i++) {
            if (wanted.test(parts.get(i).number())) {
                needed.add(i);
                needed.add(i + 1);
            }
        }
        return needed;
    }

    /** A patch that cannot be looked at, and why. */
    public record Left(int number, String title, String messageId, String why) {}

    /**
     * A patch.
     *
     * @param changelog as committed
     * @param touched its files
     * @param applied what was needed to apply it
     * @param hunks its hunks, as in the diff, those of code before others
     */
    public record Part(
            int number,
            String title,
            String messageId,
            String changelog,
            List<String> touched,
            List<String> applied,
            List<PatchHunk> hunks) {
        public Part {
            touched = List.copyOf(touched);
            applied = List.copyOf(applied);
            hunks = List.copyOf(hunks);
        }
    }
}
