// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.bot.review.ArchitectureView;
import org.patchoscope.bot.review.ArchitectureView.Moment;
import org.patchoscope.bot.review.ArchitectureView.Order;
import org.patchoscope.bot.review.ArchitectureView.Path;
import org.patchoscope.bot.review.ArchitectureView.Standing;
import org.patchoscope.bot.review.ArchitectureView.Step;

/** Architectures beside each other in words and columns, for text and HTML. */
public final class BesideRows {
    /** A paragraph, or an item of a list. */
    public record Line(boolean item, String text) {}

    /** A path's events, a column per architecture and moment, as far as they differ. */
    public record Columns(String caption, List<String> heads, List<List<String>> rows) {}

    /** All about one view. */
    public record Section(String heading, String anchor, List<Line> lines, List<Columns> tables) {}

    private final ArchitectureView view;
    private final Steps steps;
    private final List<Line> lines = new ArrayList<>();

    private BesideRows(ArchitectureView view, Steps steps) {
        this.view = view;
        this.steps = steps;
    }

    public static Section of(ArchitectureView view, Steps steps) {
        return new BesideRows(view, steps).section();
    }

    private Section section() {
        Set<String> archs = archs();
        for (String arch : archs) {
            if (!arch.equals(reference(archs))) {
                said(arch, reference(archs));
            }
        }
        others();
        lines.add(new Line(false, "Assumed on every path:"));
        view.leansOn().forEach(l -> lines.add(new Line(true, Words.sentence(l))));
        return new Section(
                Words.joined(List.copyOf(archs)) + " beside each other, " + steps.named(view.patch())
                        + ", configuration "
                        + view.configuration(),
                "beside-" + view.patch(),
                List.copyOf(lines),
                tables(archs));
    }

    private Set<String> archs() {
        Set<String> archs = new LinkedHashSet<>();
        Stream.of(view.before(), view.after())
                .flatMap(m -> m.paths().stream())
                .flatMap(p -> p.orders().stream())
                .forEach(o -> archs.add(o.arch()));
        return archs;
    }

    /** The table's, or the first if that is not reviewed. */
    private String reference(Set<String> archs) {
        return archs.contains(view.reference())
                ? view.reference()
                : archs.iterator().next();
    }

    private void said(String arch, String reference) {
        Told before = told(view.before(), arch, reference);
        Told after = told(view.after(), arch, reference);
        if (before.equals(after)) {
            say(arch + " does what " + reference + " does, " + steps.beforeAndAfter(view.patch()), after);
        } else {
            say(steps.after(view.patch()) + arch + " does what " + reference + " does", after);
            say(steps.before() + arch + " did what " + reference + " did", before);
        }
    }

    private void say(String claim, Told told) {
        int same = told.compared - told.differ;
        String many = told.differ == 0 ? "all " + same : (same == 0 ? "none" : same) + " of " + told.compared;
        String paths = told.compared == 0
                ? "No path could be compared"
                : claim + ", event by event, on " + many + " compared paths";
        lines.add(new Line(false, paths + (told.exceptions.isEmpty() ? "." : ", except:")));
        told.exceptions.forEach(e -> lines.add(new Line(true, e)));
        told.not.forEach((reason, names) ->
                lines.add(new Line(true, "Not compared: " + Words.joined(names) + ", because " + reason + ".")));
    }

    /** What is said of one architecture at one moment. */
    private record Told(int compared, int differ, List<String> exceptions, Map<String, List<String>> not) {}

    private static Told told(Moment m, String arch, String reference) {
        int compared = 0;
        Map<String, List<String>> differences = new LinkedHashMap<>();
        Map<String, List<String>> not = new LinkedHashMap<>();
        Set<String> absent = new LinkedHashSet<>();
        m.absent().forEach(a -> absent.add(a.event()));
        int differ = 0;
        for (Path p : m.paths()) {
            switch (p.standing()) {
                case NOT_COMPARED ->
                    not.computeIfAbsent(p.reason(), _ -> new ArrayList<>()).add(p.name());
                case SAME -> compared++;
                case DIFFERENT -> {
                    compared++;
                    differ++;
                    String how = difference(names(p, arch, absent), names(p, reference, absent), arch, reference);
                    differences.computeIfAbsent(how, _ -> new ArrayList<>()).add(p.name());
                }
            }
        }
        List<String> exceptions = new ArrayList<>();
        differences.forEach((how, names) -> exceptions.add(Words.joined(names) + ": " + how + "."));
        m.absent()
                .forEach(a -> exceptions.add(
                        "no " + a.event() + " on " + a.arch() + ": nothing in its objects refers to one in this"
                                + " configuration; elsewhere it is left out of the comparison."));
        return new Told(compared, differ, exceptions, not);
    }

    private static List<String> names(Path p, String arch, Set<String> without) {
        return order(p, arch)
                .map(o -> o.events().stream()
                        .map(Step::event)
                        .filter(e -> !without.contains(e))
                        .toList())
                .orElse(List.of());
    }

    private static Optional<Order> order(Path p, String arch) {
        return p.orders().stream().filter(o -> o.arch().equals(arch)).findFirst();
    }

    private static String difference(List<String> here, List<String> there, String arch, String reference) {
        List<String> onlyHere = new ArrayList<>();
        List<String> onlyThere = new ArrayList<>();
        for (List<String> row : Alignment.rows(List.of(here, there))) {
            if (row.get(1).isEmpty()) {
                onlyHere.add(row.getFirst());
            } else if (row.getFirst().isEmpty()) {
                onlyThere.add(row.get(1));
            }
        }
        List<String> moved = onlyHere.stream().filter(onlyThere::contains).toList();
        onlyHere.removeAll(moved);
        onlyThere.removeAll(moved);
        List<String> parts = new ArrayList<>();
        if (!onlyHere.isEmpty()) {
            parts.add("only " + arch + " has " + Words.joined(onlyHere));
        }
        if (!onlyThere.isEmpty()) {
            parts.add("only " + reference + " has " + Words.joined(onlyThere));
        }
        if (!moved.isEmpty()) {
            parts.add(Words.joined(moved) + " at another place");
        }
        return String.join("; ", parts);
    }

    /** Calls that the table of events does not name. */
    private void others() {
        Map<String, Set<String>> calls = new LinkedHashMap<>();
        for (Path p : view.after().paths()) {
            p.orders()
                    .forEach(o -> calls.computeIfAbsent(o.arch(), _ -> new LinkedHashSet<>())
                            .addAll(o.others()));
        }
        List<String> said = new ArrayList<>();
        calls.forEach((arch, names) -> {
            if (!names.isEmpty()) {
                said.add(arch + ": "
                        + Words.joined(names.stream().map(n -> n + "()").toList()));
            }
        });
        if (!said.isEmpty()) {
            lines.add(new Line(
                    false,
                    "Calls on these paths that are no events, and not compared: " + String.join("; ", said) + "."));
        }
    }

    /** The longest path, of those that are compared at both moments if there is any, and all with a difference. */
    private List<Columns> tables(Set<String> archs) {
        List<Path> after = view.after().paths();
        List<Columns> tables = new ArrayList<>();
        Optional<Path> longest = after.stream()
                .filter(p -> p.standing() != Standing.NOT_COMPARED)
                .max(Comparator.comparing(this::comparedBefore)
                        .thenComparingInt(p -> p.orders().getFirst().events().size()));
        for (int i = 0; i < after.size(); i++) {
            Path now = after.get(i);
            Path old = view.before().paths().get(i);
            boolean differs = now.standing() == Standing.DIFFERENT || old.standing() == Standing.DIFFERENT;
            if (differs || longest.filter(now::equals).isPresent()) {
                tables.add(columns(old, now, archs));
            }
        }
        return tables;
    }

    private boolean comparedBefore(Path now) {
        return view.before().paths().stream()
                .anyMatch(p -> p.name().equals(now.name()) && p.standing() != Standing.NOT_COMPARED);
    }

    private static Columns columns(Path old, Path now, Set<String> archs) {
        List<String> heads = new ArrayList<>();
        List<List<String>> columns = new ArrayList<>();
        for (String arch : archs) {
            List<String> one = names(old, arch, Set.of());
            List<String> two = names(now, arch, Set.of());
            boolean both = order(old, arch).isPresent() && order(now, arch).isPresent();
            if (both && one.equals(two)) {
                heads.add(arch);
                columns.add(two);
                continue;
            }
            if (order(old, arch).isPresent()) {
                heads.add(arch + " before");
                columns.add(one);
            }
            if (order(now, arch).isPresent()) {
                heads.add(arch + " after");
                columns.add(two);
            }
        }
        return new Columns(now.name() + ": " + now.text(), heads, Alignment.rows(columns));
    }
}
