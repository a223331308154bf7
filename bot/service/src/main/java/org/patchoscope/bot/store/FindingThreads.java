// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which findings of a topic's reviews are one: those with the same words, and those that a comparison of two versions found to
 * be still there in other words.
 */
public final class FindingThreads {
    private record Place(long review, int number) {}

    private final Map<Place, Place> above = new HashMap<>();
    private final Map<Place, Set<String>> identities = new HashMap<>();

    private FindingThreads() {}

    /**
     * Joins them.
     *
     * @param findings of all reviews that are looked at
     * @param comparisons of any two of these
     */
    public static FindingThreads of(List<StoredFinding> findings, List<ComparisonStore.Comparison> comparisons) {
        FindingThreads out = new FindingThreads();
        Map<String, Place> words = new HashMap<>();
        for (StoredFinding f : findings) {
            Place place = new Place(f.review(), f.number());
            out.above.put(place, place);
            out.join(place, words.computeIfAbsent(f.identity(), _ -> place));
        }
        for (ComparisonStore.Comparison c : comparisons) {
            for (Carried f : c.findings()) {
                Place older = new Place(c.older(), f.older());
                Place newer = new Place(c.newer(), f.newer());
                if (out.above.containsKey(older) && out.above.containsKey(newer)) {
                    out.join(newer, older);
                }
            }
        }
        findings.forEach(f -> out.identities
                .computeIfAbsent(out.top(new Place(f.review(), f.number())), _ -> new TreeSet<>())
                .add(f.identity()));
        return out;
    }

    /** Equal for findings that are one. */
    public Object thread(long review, int number) {
        return top(new Place(review, number));
    }

    /** The identities that a finding has in its versions. */
    public Set<String> identities(long review, int number) {
        return Set.copyOf(identities.getOrDefault(top(new Place(review, number)), Set.of()));
    }

    private void join(Place one, Place other) {
        above.put(top(one), top(other));
    }

    private Place top(Place place) {
        Place at = place;
        Place next = above.getOrDefault(at, at);
        while (!next.equals(at)) {
            at = next;
            next = above.getOrDefault(at, at);
        }
        return at;
    }
}
