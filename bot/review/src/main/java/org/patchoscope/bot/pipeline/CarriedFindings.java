// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.VersionComparison.Carried;
import org.patchoscope.bot.review.VersionComparison.Fate;

/** Sets the findings of two reviews against each other; a finding keeps its id from version to version. */
final class CarriedFindings {
    private record Key(String arch, String id) {}

    private record Seen(FindingText finding, SortedSet<Integer> patches) {}

    private CarriedFindings() {}

    /** New ones first, then those still there, then the rest; each in the order of its review. */
    static List<Carried> between(Review older, Review newer) {
        Map<Key, Seen> before = findings(older);
        Map<Key, Seen> after = findings(newer);
        List<Carried> all = new ArrayList<>();
        after.forEach((key, seen) -> {
            if (!before.containsKey(key)) {
                all.add(carried(Fate.NEW, key, seen.finding(), Set.of(), seen.patches(), ""));
            }
        });
        after.forEach((key, seen) -> {
            if (before.get(key) instanceof Seen old) {
                all.add(carried(Fate.STILL_THERE, key, seen.finding(), old.patches(), seen.patches(), ""));
            }
        });
        before.forEach((key, seen) -> {
            if (!after.containsKey(key)) {
                String open = open(newer, key.arch());
                Fate fate = open.isEmpty() ? Fate.FIXED : Fate.UNDECIDED;
                all.add(carried(fate, key, seen.finding(), seen.patches(), Set.of(), open));
            }
        });
        return all;
    }

    private static Carried carried(
            Fate fate, Key key, FindingText f, Set<Integer> older, Set<Integer> newer, String because) {
        return new Carried(
                fate,
                key.id(),
                key.arch(),
                f.kind(),
                f.summary(),
                older.stream().sorted().toList(),
                newer.stream().sorted().toList(),
                because);
    }

    private static Stream<PatchReview> parts(Review review) {
        return Stream.concat(review.patches().stream(), review.whole().stream());
    }

    private static Map<Key, Seen> findings(Review review) {
        Map<Key, Seen> all = new LinkedHashMap<>();
        parts(review)
                .forEach(p -> p.units()
                        .forEach(u -> u.roots()
                                .forEach(r -> r.findings()
                                        .forEach(f -> all.computeIfAbsent(
                                                        new Key(u.arch(), f.id()), k -> new Seen(f, new TreeSet<>()))
                                                .patches()
                                                .add(p.number())))));
        return all;
    }

    /** What of the newer series was not analysed on an architecture, and may hide the finding; empty if nothing. */
    private static String open(Review newer, String arch) {
        SortedSet<Integer> patches = new TreeSet<>();
        parts(newer).forEach(p -> {
            if (p.units().stream().anyMatch(u -> u.arch().equals(arch) && isOpen(u))) {
                patches.add(p.number());
            }
        });
        return patches.isEmpty()
                ? ""
                : "not everything was analysed of "
                        + String.join(
                                ", ",
                                patches.stream()
                                        .map(n -> n == 0 ? "the whole series" : "patch " + n)
                                        .toList());
    }

    private static boolean isOpen(Unit unit) {
        return unit.verdict().open()
                || unit.roots().stream()
                        .anyMatch(r -> r.verdict().open() || !r.reasons().isEmpty());
    }
}
