// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.PathCount;
import org.patchoscope.bot.review.Review.Unit;

/** What each version of a topic as a whole costs on named paths, in its base configuration. */
public final class VersionCounts {
    private VersionCounts() {}

    /**
     * The paths of one architecture.
     *
     * @param rows those that cost another number of instructions after any of the versions
     * @param same how many others were counted
     */
    public record Table(String arch, String configuration, List<Row> rows, int same) {
        /** Makes one. */
        public Table {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One path on one processor.
     *
     * @param cells one per version
     */
    public record Row(String path, List<Cell> cells) {
        /** Makes one. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Instructions of a path without the version, and with it; each version is counted on its own base.
     *
     * @param counted whether they are known
     */
    public record Cell(boolean counted, int before, int after) {
        private static final Cell UNKNOWN = new Cell(false, 0, 0);

        /** How many more there are with the version. */
        public int change() {
            return after - before;
        }
    }

    /** Tables of some versions, one per architecture of which any was counted. */
    public static List<Table> of(List<Review> versions) {
        if (versions.isEmpty()) {
            return List.of();
        }
        Map<String, List<Map<String, PathCount>>> byArch = new LinkedHashMap<>();
        for (int i = 0; i < versions.size(); i++) {
            Review review = versions.get(i);
            for (Unit unit : whole(review).map(PatchReview::units).orElse(List.of())) {
                if (unit.configuration().equals(base(review))) {
                    byArch.computeIfAbsent(unit.arch(), _ -> new ArrayList<>(empty(versions.size())))
                            .set(i, counted(unit));
                }
            }
        }
        List<Table> out = new ArrayList<>();
        byArch.forEach(
                (arch, counts) -> table(arch, base(versions.getLast()), counts).ifPresent(out::add));
        return out;
    }

    private static List<Map<String, PathCount>> empty(int versions) {
        List<Map<String, PathCount>> out = new ArrayList<>();
        for (int i = 0; i < versions; i++) {
            out.add(Map.of());
        }
        return out;
    }

    /** Of a series of one patch that patch is all. */
    private static Optional<PatchReview> whole(Review review) {
        return review.whole().stream()
                .findFirst()
                .or(() -> review.patches().stream()
                        .filter(_ -> review.patches().size() == 1)
                        .findFirst());
    }

    private static String base(Review review) {
        return review.configurations().stream()
                .map(Review.Configuration::name)
                .findFirst()
                .orElse("base");
    }

    private static Map<String, PathCount> counted(Unit unit) {
        Map<String, PathCount> out = new LinkedHashMap<>();
        unit.paths().counted().forEach(p -> out.put(p.entry() + ": " + p.path() + ", " + p.cpu(), p));
        return out;
    }

    private static Optional<Table> table(String arch, String configuration, List<Map<String, PathCount>> counts) {
        Set<String> names = new LinkedHashSet<>();
        counts.reversed().forEach(c -> names.addAll(c.keySet()));
        List<Row> rows = names.stream()
                .map(n -> new Row(
                        n,
                        counts.stream()
                                .map(c -> Optional.ofNullable(c.get(n))
                                        .map(p -> new Cell(true, p.before(), p.after()))
                                        .orElse(Cell.UNKNOWN))
                                .toList()))
                .toList();
        List<Row> changed = rows.stream()
                .filter(r -> r.cells().stream().anyMatch(c -> c.change() != 0))
                .toList();
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(arch, configuration, changed, rows.size() - changed.size()));
    }
}
