// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.patchoscope.bot.review.Review.TraceLine;

/**
 * The ways that some findings tell of, before and after: two trees of events that fork where the ways part, laid out so that an
 * event which both versions share stands at the same height in both wherever that can be. These are the ways of the findings
 * alone; whatever else a function does is not in it.
 *
 * @param rows how many there are; the first is where the function begins
 */
public record FindingPaths(Side before, Side after, int rows) {
    /**
     * The tree of one version.
     *
     * @param points the first is the beginning; each comes after the one it follows
     * @param lanes how many; a way keeps the lane of the way it forks from, or takes a new one
     */
    public record Side(List<Point> points, int lanes) {
        public Side {
            points = List.copyOf(points);
        }
    }

    /**
     * An event on some ways.
     *
     * @param follows number of the point that it comes after; nothing for the beginning
     * @param through findings on whose way it is
     * @param only those of them of which the other version does not have it
     * @param ends those whose way ends with it
     * @param skips whether it follows at once here while the other version has something in between, on the way that came first
     */
    public record Point(
            Optional<Integer> follows,
            Optional<TraceLine> event,
            int row,
            int lane,
            SortedSet<Integer> through,
            SortedSet<Integer> only,
            SortedSet<Integer> ends,
            boolean skips) {}

    /** Lays out the ways of some findings. */
    public static FindingPaths of(List<Numbered> findings) {
        Tree before = new Tree();
        Tree after = new Tree();
        int rows = 1;
        for (Numbered f : inOrder(findings, 0)) {
            rows = add(f, before, after, rows);
        }
        return new FindingPaths(before.side(), after.side(), rows);
    }

    /** Those that part latest stand beside each other, so that no line crosses another in the tree before. */
    private static List<Numbered> inOrder(List<Numbered> findings, int depth) {
        boolean goesOn =
                findings.stream().anyMatch(f -> depth < f.finding().before().size());
        if (findings.size() < 2 || !goesOn) {
            return findings;
        }
        Map<String, List<Numbered>> byEvent = new LinkedHashMap<>();
        for (Numbered f : findings) {
            List<TraceLine> trace = f.finding().before();
            byEvent.computeIfAbsent(depth < trace.size() ? key(trace.get(depth)) : "", _ -> new ArrayList<>())
                    .add(f);
        }
        return byEvent.values().stream()
                .flatMap(same -> inOrder(same, depth + 1).stream())
                .toList();
    }

    private static int add(Numbered f, Tree before, Tree after, int rows) {
        int next = rows;
        Walk old = new Walk(before, f.number());
        Walk now = new Walk(after, f.number());
        List<TraceDiff.Row> all =
                TraceDiff.of(f.finding().before(), f.finding().after()).rows();
        for (int i = 0; i < all.size(); i++) {
            TraceDiff.Row row = all.get(i);
            boolean placed = switch (row.side()) {
                case BOTH -> {
                    boolean one = old.step(row.old(), next, i, true);
                    boolean other = now.step(row.line(), next, i, true);
                    yield one || other;
                }
                case BEFORE -> old.step(row.line(), next, i, false);
                case AFTER -> now.step(row.line(), next, i, false);
            };
            next += placed ? 1 : 0;
        }
        old.end();
        now.end();
        return next;
    }

    private static String key(TraceLine line) {
        return line.text() + "\0" + line.detail();
    }

    /** A point under construction. */
    private static final class Grown {
        private final int number;
        private final Optional<Grown> follows;
        private final Optional<TraceLine> event;
        private final int row;
        private final int lane;
        private final boolean skips;
        private final Map<String, Grown> next = new LinkedHashMap<>();
        private final SortedSet<Integer> through = new TreeSet<>();
        private final SortedSet<Integer> only = new TreeSet<>();
        private final SortedSet<Integer> ends = new TreeSet<>();

        Grown(int number, Optional<Grown> follows, Optional<TraceLine> event, int row, int lane, boolean skips) {
            this.number = number;
            this.follows = follows;
            this.event = event;
            this.row = row;
            this.lane = lane;
            this.skips = skips;
        }
    }

    private static final class Tree {
        private final Grown root = new Grown(0, Optional.empty(), Optional.empty(), 0, 0, false);
        private final List<Grown> all = new ArrayList<>(List.of(root));
        private int lanes = 1;

        Grown grow(Grown from, TraceLine line, int row, boolean skips) {
            int lane = from.next.isEmpty() ? from.lane : lanes++;
            Grown out = new Grown(all.size(), Optional.of(from), Optional.of(line), row, lane, skips);
            from.next.put(key(line), out);
            all.add(out);
            return out;
        }

        Side side() {
            List<Point> points = all.stream()
                    .map(g -> new Point(
                            g.follows.map(f -> f.number), g.event, g.row, g.lane, g.through, g.only, g.ends, g.skips))
                    .toList();
            return new Side(points, lanes);
        }
    }

    /** One finding's way through one tree. */
    private static final class Walk {
        private final Tree tree;
        private final int finding;
        private Grown at;
        private int last = -1;

        Walk(Tree tree, int finding) {
            this.tree = tree;
            this.finding = finding;
            at = tree.root;
            at.through.add(finding);
        }

        /** Goes on by an event, which stands at a row if it is new here; whether it is. */
        boolean step(TraceLine line, int row, int position, boolean shared) {
            Optional<Grown> known = Optional.ofNullable(at.next.get(key(line)));
            Grown from = at;
            at = known.orElseGet(() -> tree.grow(from, line, row, position > last + 1));
            last = position;
            at.through.add(finding);
            if (!shared) {
                at.only.add(finding);
            }
            return known.isEmpty();
        }

        void end() {
            at.ends.add(finding);
        }
    }
}
