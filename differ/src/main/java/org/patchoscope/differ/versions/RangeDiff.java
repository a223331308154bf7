// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import java.util.ArrayList;
import java.util.Arrays;
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
        int next = 0;
        for (int j = 0; j < after.size(); j++) {
            if (partnerOfNew[j] < 0) {
                pairs.add(new PatchPair.Added(after.get(j).patch()));
                continue;
            }
            // A dropped patch is told where it was: before the first of its successors that is still there.
            for (; next < partnerOfNew[j]; next++) {
                dropped(next, partner, pairs);
            }
            pairs.add(pair(before.get(partnerOfNew[j]), after.get(j)));
        }
        for (; next < before.size(); next++) {
            dropped(next, partner, pairs);
        }
        return List.copyOf(pairs);
    }

    private void dropped(int index, int[] partner, List<PatchPair> pairs) {
        if (partner[index] < 0) {
            pairs.add(new PatchPair.Dropped(before.get(index).patch()));
        }
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
        int[] columns = Assignment.cheapest(costs(partner, taken));
        for (int i = 0; i < partner.length; i++) {
            if (partner[i] < 0 && columns[i] < after.size() && !taken[columns[i]]) {
                partner[i] = columns[i];
            }
        }
        return partner;
    }

    private void takeEqual(int[] partner, boolean[] taken) {
        Map<String, List<Integer>> byDiff = new HashMap<>();
        for (int j = 0; j < after.size(); j++) {
            byDiff.computeIfAbsent(text(after.get(j)), k -> new ArrayList<>()).add(j);
        }
        for (int i = 0; i < before.size(); i++) {
            List<Integer> equal = byDiff.getOrDefault(text(before.get(i)), List.of());
            if (!equal.isEmpty()) {
                partner[i] = equal.removeFirst();
                taken[partner[i]] = true;
            }
        }
    }

    private static String text(PatchImage image) {
        return new String(image.diff(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Rows: older patches, then one place per newer patch to be new in; columns: the other way round. */
    private long[][] costs(int[] partner, boolean[] taken) {
        int n = before.size() + after.size();
        long[][] cost = new long[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean older = i < before.size();
                boolean newer = j < after.size();
                if (older && newer) {
                    cost[i][j] = partner[i] == j ? 0 : partner[i] >= 0 || taken[j] ? NEVER : cost(i, j);
                } else if (older) {
                    cost[i][j] = partner[i] >= 0 ? NEVER : alone(before.get(i));
                } else if (newer) {
                    cost[i][j] = taken[j] ? NEVER : alone(after.get(j));
                }
            }
        }
        return cost;
    }

    private long cost(int i, int j) {
        PatchImage older = before.get(i);
        PatchImage newer = after.get(j);
        if (older.leastDistance(newer) >= alone(older) + alone(newer)) {
            return NEVER;
        }
        return UnifiedDiff.size(older.diff(), newer.diff());
    }

    private static long alone(PatchImage image) {
        return (long) image.size() * ALONE / 100;
    }
}
