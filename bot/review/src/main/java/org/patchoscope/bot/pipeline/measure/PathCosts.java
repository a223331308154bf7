// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.count.PathCounter;
import org.patchoscope.semantics.count.concrete.InstructionKind;
import org.patchoscope.semantics.count.concrete.PathCount;
import org.patchoscope.semantics.count.concrete.PathCount.Counted;
import org.patchoscope.semantics.count.concrete.PathCount.NotCounted;
import org.patchoscope.semantics.program.Target;

/** What the profile's named paths cost before and after. */
public final class PathCosts {
    private final ArchProfile profile;

    public PathCosts(ArchProfile profile) {
        this.profile = profile;
    }

    /** Counts both sides; each has its own expressions, for a walk leaves many behind. */
    public Review.PathCounts compare(Side before, Side after) {
        if (profile.paths().isEmpty()) {
            return Review.PathCounts.none();
        }
        Target target = Target.of(profile.arch());
        PathCounter old = new PathCounter(before.program(), target, before.macros());
        PathCounter now = new PathCounter(after.program(), target, after.macros());
        List<Review.PathCount> counted = new ArrayList<>();
        List<String> not = new ArrayList<>();
        Set<String> notes = new TreeSet<>();
        for (EntryPaths entry : profile.paths()) {
            EntryPaths here = entry.on(entry.cpus().stream()
                    .filter(c -> old.isFor(c) || now.isFor(c))
                    .toList());
            List<PathCount> one = old.count(here);
            List<PathCount> two = now.count(here);
            for (int i = 0; i < one.size(); i++) {
                pair(one.get(i), two.get(i), counted, not);
                notes(one.get(i), notes);
                notes(two.get(i), notes);
            }
        }
        return new Review.PathCounts(counted, not, List.copyOf(notes));
    }

    private static void notes(PathCount path, Set<String> notes) {
        if (path.result() instanceof Counted c) {
            notes.addAll(c.notes());
        }
    }

    private static void pair(PathCount a, PathCount b, List<Review.PathCount> counted, List<String> not) {
        String name = a.path() + ", " + a.cpu() + ": ";
        switch (a.result()) {
            case NotCounted x
            when b.result() instanceof NotCounted y ->
                not.add(name + (x.reason().equals(y.reason()) ? x.reason() : x.reason() + "; after: " + y.reason()));
            case NotCounted x -> not.add(name + "before: " + x.reason());
            case Counted x -> {
                switch (b.result()) {
                    case NotCounted y -> not.add(name + "after: " + y.reason());
                    case Counted y -> counted.add(count(a, x, y));
                }
            }
        }
    }

    private static Review.PathCount count(PathCount path, Counted a, Counted b) {
        List<Count> kinds = Arrays.stream(InstructionKind.values())
                .filter(k -> a.of(k) != b.of(k))
                .map(k -> new Count(path.path(), k.text(), a.of(k), b.of(k)))
                .toList();
        return new Review.PathCount(
                path.entry(),
                path.path(),
                path.cpu(),
                a.exit().equals(b.exit()) ? a.exit() : a.exit() + ", then " + b.exit(),
                a.instructions(),
                b.instructions(),
                kinds,
                a.outside(),
                b.outside());
    }
}
