// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.bot.pipeline.measure.StateEvents.PathEvents;
import org.patchoscope.bot.review.ArchitectureView;
import org.patchoscope.bot.review.ArchitectureView.Absent;
import org.patchoscope.bot.review.ArchitectureView.Moment;
import org.patchoscope.bot.review.ArchitectureView.Order;
import org.patchoscope.bot.review.ArchitectureView.Path;
import org.patchoscope.bot.review.ArchitectureView.Standing;
import org.patchoscope.bot.review.ArchitectureView.Step;
import org.patchoscope.config.EntryEvents;

/** Sets the events of one state of a tree on several architectures beside each other. */
public final class BesideEachOther {
    private final EntryEvents table;

    public BesideEachOther(EntryEvents table) {
        this.table = table;
    }

    /** The view of a patch; {@code before} and {@code after} have the same architectures, in the order of columns. */
    public ArchitectureView view(
            int patch, String configuration, Map<String, StateEvents> before, Map<String, StateEvents> after) {
        return new ArchitectureView(
                patch, configuration, table.reference(), moment(before), moment(after), table.premises());
    }

    /** Whether what is shown, and what is said of it, is another after than before. */
    public static boolean changes(ArchitectureView view) {
        return !shown(view.before()).equals(shown(view.after()));
    }

    private static List<Object> shown(Moment m) {
        List<Object> all = new ArrayList<>(m.absent());
        for (Path p : m.paths()) {
            all.add(p.standing());
            p.orders().forEach(o -> all.add(names(o.events())));
        }
        return all;
    }

    private Moment moment(Map<String, StateEvents> archs) {
        List<Absent> absent = new ArrayList<>();
        archs.forEach((arch, state) -> state.absent().forEach(e -> absent.add(new Absent(arch, e))));
        Set<String> left = absent.stream().map(Absent::event).collect(Collectors.toSet());
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < table.paths().size(); i++) {
            paths.add(path(table.paths().get(i), i, archs, left));
        }
        return new Moment(paths, absent);
    }

    private static Path path(EntryEvents.EventPath named, int i, Map<String, StateEvents> archs, Set<String> absent) {
        List<Order> orders = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        archs.forEach((arch, state) -> {
            PathEvents p = state.paths().get(i);
            if (!p.reason().isEmpty()) {
                reasons.add(arch + ": " + p.reason());
                return;
            }
            orders.add(new Order(arch, p.flags(), p.events(), p.others()));
            if (!p.uncertain().isEmpty()) {
                reasons.add(arch + ": the compiler may have inlined " + String.join(", ", p.uncertain()));
            }
        });
        Standing standing = Standing.NOT_COMPARED;
        if (reasons.isEmpty()) {
            long different = orders.stream()
                    .map(o -> names(o.events()).stream()
                            .filter(e -> !absent.contains(e))
                            .toList())
                    .distinct()
                    .count();
            standing = different == 1 ? Standing.SAME : Standing.DIFFERENT;
        }
        return new Path(named.name(), named.text(), standing, String.join("; ", reasons), orders);
    }

    private static List<String> names(List<Step> events) {
        return events.stream().map(Step::event).toList();
    }
}
