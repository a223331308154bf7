// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.differ.versions.PatchPair;
import org.patchoscope.differ.versions.RangeDiff;
import org.patchoscope.mail.series.Patch;

/**
 * Which patch of an older version became which of a newer one, by their numbers. The series as a whole, number 0, stays itself.
 *
 * @param newer by the older number
 * @param same older numbers of those of which message and diff stayed the same
 * @param rewritten those of which nothing but the title stayed, which is unique in both; by the older number
 */
record PatchNumbers(Map<Integer, Integer> newer, Set<Integer> same, Map<Integer, Integer> rewritten) {
    /** Pairs of patches beyond which none is looked for; findings are found again by their words then. */
    private static final int MOST_PAIRS = 10_000;

    PatchNumbers {
        newer = Map.copyOf(newer);
        same = Set.copyOf(same);
        rewritten = Map.copyOf(rewritten);
    }

    static PatchNumbers of(List<Patch> before, List<Patch> after) {
        Map<Integer, Integer> newer = new HashMap<>();
        Set<Integer> same = new HashSet<>();
        Map<String, Integer> dropped = new HashMap<>();
        Map<String, Integer> added = new HashMap<>();
        if ((long) before.size() * after.size() <= MOST_PAIRS) {
            for (PatchPair pair : RangeDiff.of(before, after)) {
                switch (pair) {
                    case PatchPair.Same p -> {
                        newer.put(p.before().number(), p.after().number());
                        same.add(p.before().number());
                    }
                    case PatchPair.Reworked p ->
                        newer.put(p.before().number(), p.after().number());
                    case PatchPair.Dropped p -> unique(dropped, p.before());
                    case PatchPair.Added p -> unique(added, p.after());
                }
            }
        }
        Map<Integer, Integer> rewritten = new HashMap<>();
        dropped.forEach((title, number) -> {
            if (number > 0 && added.getOrDefault(title, 0) > 0) {
                rewritten.put(number, added.get(title));
            }
        });
        return new PatchNumbers(newer, same, rewritten);
    }

    /** A title that two have names none: it gets the number 0. */
    private static void unique(Map<String, Integer> numbers, Patch patch) {
        numbers.merge(patch.title(), patch.number(), (one, other) -> 0);
    }

    boolean paired(int older, int number) {
        return older == 0 ? number == 0 : newer.getOrDefault(older, -1) == number;
    }

    /** Whether both are, or may be, the same patch. */
    boolean related(int older, int number) {
        return paired(older, number) || rewritten.getOrDefault(older, -1) == number;
    }

    /** What became of a patch of the older version, in words. */
    String fate(int older) {
        if (same.contains(older)) {
            return "its patch is unchanged: another patch or the base did it";
        }
        return newer.containsKey(older)
                ? "its patch was reworked"
                : rewritten.containsKey(older) ? "its patch was rewritten" : "its patch was dropped";
    }

    /** What a patch of the newer version was, in words. */
    String origin(int number) {
        return older(newer, number)
                .or(() -> older(rewritten, number))
                .map(this::fate)
                .orElse("its patch is new");
    }

    private static Optional<Integer> older(Map<Integer, Integer> pairs, int number) {
        return pairs.entrySet().stream()
                .filter(e -> e.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
