// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.store.Carried;
import org.patchoscope.bot.store.FindingIdentity;

/**
 * Finds the findings of an older version again in a newer one: those with the same words, in the patch that became this one
 * before others; then, where words differ, those of the same kind that are alone in their patches with a function in common.
 * What is not found again is only called gone where nothing was left out in which it could be.
 */
final class Carrying {
    private final Side older;
    private final Side newer;
    private final PatchNumbers patches;
    /** Numbers of the older findings by those of the newer. */
    private final Map<Integer, Integer> found = new TreeMap<>();

    private Carrying(Side older, Side newer, PatchNumbers patches) {
        this.older = older;
        this.newer = newer;
        this.patches = patches;
    }

    /** New ones first, then those still there, then the rest; each in the order of its review. */
    static List<Carried> between(Side older, Side newer, PatchNumbers patches) {
        return new Carrying(older, newer, patches).all();
    }

    private List<Carried> all() {
        match((o, n) -> FindingIdentity.same(o, n) && patches.paired(o.patch(), n.patch()));
        match(FindingIdentity::same);
        matchAlone();
        List<Carried> out = new ArrayList<>();
        for (Digest.Entry n : newer.findings()) {
            if (!found.containsKey(n.number())) {
                out.add(new Carried(Carried.Fate.NEW, 0, n.number(), whyNew(n)));
            }
        }
        for (Digest.Entry n : newer.findings()) {
            if (found.get(n.number()) instanceof Integer o) {
                out.add(new Carried(Carried.Fate.STILL_THERE, o, n.number(), moved(entry(older, o), n)));
            }
        }
        older.findings().stream().filter(this::isLeft).map(this::missing).forEach(out::add);
        return Collections.unmodifiableList(out);
    }

    private void match(BiPredicate<Digest.Entry, Digest.Entry> same) {
        for (Digest.Entry n : newer.findings()) {
            if (!found.containsKey(n.number())) {
                older.findings().stream()
                        .filter(o -> isLeft(o) && same.test(o, n))
                        .findFirst()
                        .ifPresent(o -> found.put(n.number(), o.number()));
            }
        }
    }

    /** Two that nobody else could be. */
    private void matchAlone() {
        Map<Integer, Integer> alone = new TreeMap<>();
        for (Digest.Entry n : newer.findings()) {
            List<Digest.Entry> candidates = candidates(n);
            if (candidates.size() == 1 && rivals(candidates.getFirst()) == 1) {
                alone.put(n.number(), candidates.getFirst().number());
            }
        }
        found.putAll(alone);
    }

    private List<Digest.Entry> candidates(Digest.Entry n) {
        return found.containsKey(n.number())
                ? List.of()
                : older.findings().stream()
                        .filter(o -> isLeft(o) && alike(o, n) && patches.paired(o.patch(), n.patch()))
                        .toList();
    }

    private long rivals(Digest.Entry o) {
        return newer.findings().stream()
                .filter(n -> !found.containsKey(n.number()) && alike(o, n))
                .count();
    }

    private boolean alike(Digest.Entry o, Digest.Entry n) {
        return o.arch().equals(n.arch())
                && o.finding().kind() == n.finding().kind()
                && patches.related(o.patch(), n.patch())
                && o.functions().stream().anyMatch(n.functions()::contains);
    }

    private boolean isLeft(Digest.Entry o) {
        return !found.containsValue(o.number());
    }

    private static Digest.Entry entry(Side side, int number) {
        return side.findings().stream()
                .filter(f -> f.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private String whyNew(Digest.Entry n) {
        Optional<String> hidden = older.mayHide(n);
        if (hidden.isPresent()) {
            return "it may have been there: " + hidden.get();
        }
        return n.patch() == 0 ? "" : patches.origin(n.patch());
    }

    private String moved(Digest.Entry o, Digest.Entry n) {
        String words = FindingIdentity.same(o, n)
                ? ""
                : "said in other words: " + o.finding().summary();
        return patches.paired(o.patch(), n.patch()) || !words.isEmpty() ? words : "it was in " + where(o.patch());
    }

    private Carried missing(Digest.Entry o) {
        Optional<String> hidden = newer.mayHide(o);
        if (hidden.isPresent()) {
            return new Carried(Carried.Fate.UNDECIDED, o.number(), 0, hidden.get());
        }
        Optional<Digest.Entry> rival = newer.findings().stream()
                .filter(n -> !found.containsKey(n.number()) && alike(o, n))
                .findFirst();
        if (rival.isPresent()) {
            return new Carried(
                    Carried.Fate.UNDECIDED,
                    o.number(),
                    0,
                    "it may be what [" + rival.get().number() + "] is now");
        }
        return new Carried(Carried.Fate.GONE, o.number(), 0, o.patch() == 0 ? "" : patches.fate(o.patch()));
    }

    private static String where(int patch) {
        return patch == 0 ? "the whole series" : "patch " + patch;
    }
}
