// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.mail.series.Patch;

/**
 * Sets one version of a series against another. Patches with equal diffs belong together; of the others those that
 * together cost least, where a pair costs the size of the diff of its diffs and a patch that stays alone a share of its own.
 */
public final class RangeDiff {
    /** Percent of its size that a patch costs when it stays alone; git's range-diff takes the same. */
    private static final int ALONE = 60;

    private static final long NEVER = 1_000_000_000L;

    private final List<PatchImage> before;
    private final List<PatchImage> after;

    private RangeDiff(List<PatchImage> before, List<PatchImage> after) {
        this.before = before;
        this.after = after;
    }

    /** Compares two versions, patches in order; patches of the result are in the newer version's order. */
    public static List<PatchPair> of(List<Patch> before, List<Patch> after) {
        return new RangeDiff(
                        before.stream().map(PatchImage::of).toList(),
                        after.stream().map(PatchImage::of).toList())
                .pairs();
    }

    private List<PatchPair> pairs() {
        int[] partner = partners();
        int[] partnerOfNew = new int[after.size()];
        Arrays.fill(partnerOfNew, -1);
        for (int i = 0; i < partner.length; i++) {
            if (partner[i] >= 0) {
                partnerOfNew[partner[i]] = i;
            }
        }
        List<PatchPair> pairs = new ArrayList<>();
        boolean[] told = new boolean[before.size()];
        int next = 0;
        for (int j = 0; j < after.size(); j++) {
            // A dropped patch is told as soon as all that stood before it have been.
            next = dropped(next, partner, told, pairs);
            if (partnerOfNew[j] < 0) {
                pairs.add(new PatchPair.Added(after.get(j).patch()));
            } else {
                pairs.add(pair(before.get(partnerOfNew[j]), after.get(j)));
                told[partnerOfNew[j]] = true;
            }
        }
        dropped(next, partner, told, pairs);
        return List.copyOf(pairs);
    }

    private int dropped(int from, int[] partner, boolean[] told, List<PatchPair> pairs) {
        int next = from;
        for (; next < before.size() && (told[next] || partner[next] < 0); next++) {
            if (partner[next] < 0) {
                pairs.add(new PatchPair.Dropped(before.get(next).patch()));
            }
        }
        return next;
    }

    private static PatchPair pair(PatchImage older, PatchImage newer) {
        byte[] one = older.whole();
        byte[] other = newer.whole();
        return Arrays.equals(one, other)
                ? new PatchPair.Same(older.patch(), newer.patch())
                : new PatchPair.Reworked(older.patch(), newer.patch(), UnifiedDiff.of(one, other));
    }

    /** For each older patch its newer one, or -1. */
    private int[] partners() {
        int[] partner = new int[before.size()];
        Arrays.fill(partner, -1);
        boolean[] taken = new boolean[after.size()];
        takeEqual(partner, taken);
        int[] olderOf = Assignment.cheapest(costs(partner, taken));
        for (int j = 0; j < after.size(); j++) {
            if (!taken[j] && olderOf[j] < before.size()) {
                partner[olderOf[j]] = j;
            }
        }
        return partner;
    }

    /** Of several older ones with the diff of a newer one git takes the last. */
    private void takeEqual(int[] partner, boolean[] taken) {
        Map<String, Deque<Integer>> byDiff = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            byDiff.computeIfAbsent(text(before.get(i)), k -> new ArrayDeque<>()).push(i);
        }
        for (int j = 0; j < after.size(); j++) {
            Integer equal =
                    byDiff.getOrDefault(text(after.get(j)), new ArrayDeque<>()).poll();
            if (equal != null) {
                partner[equal] = j;
                taken[j] = true;
            }
        }
    }

    private static String text(PatchImage image) {
        return new String(image.diff(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Rows: newer patches, then one place per older patch to be dropped in; columns: the other way round. */
    private long[][] costs(int[] partner, boolean[] taken) {
        int n = before.size() + after.size();
        long[][] cost = new long[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean older = i < before.size();
                boolean newer = j < after.size();
                if (older && newer) {
                    cost[j][i] = partner[i] == j ? 0 : partner[i] >= 0 || taken[j] ? NEVER : cost(i, j);
                } else if (older) {
                    cost[j][i] = partner[i] >= 0 ? NEVER : alone(before.get(i));
                } else if (newer) {
                    cost[j][i] = taken[j] ? NEVER : alone(after.get(j));
                }
            }
        }
        return cost;
    }

    private long cost(int i, int j) {
        PatchImage older = before.get(i);
        PatchImage newer = after.get(j);
        long least = older.leastDistance(newer);
        // More than both alone, whatever it is exactly.
        return least > alone(older) + alone(newer) ? least : UnifiedDiff.size(older.diff(), newer.diff());
    }

    private static long alone(PatchImage image) {
        return (long) image.size() * ALONE / 100;
    }
}
