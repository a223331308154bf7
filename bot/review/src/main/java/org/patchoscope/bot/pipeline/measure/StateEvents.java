// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.measure;

import java.util.List;
import org.patchoscope.bot.review.ArchitectureView.Step;
import org.patchoscope.config.EntryEvents;
import org.patchoscope.semantics.count.exits.EventOrder;
import org.patchoscope.semantics.count.exits.EventOrders;

/**
 * What the entry shows in one state of one architecture, as it is kept.
 *
 * @param paths one per path of the table
 * @param absent events that no object can show
 */
public record StateEvents(List<PathEvents> paths, List<String> absent) {
    public StateEvents {
        paths = List.copyOf(paths);
        absent = List.copyOf(absent);
    }

    /**
     * The events of a path.
     *
     * @param reason why they are not known, else empty
     * @param uncertain events that may be missing because they were inlined
     */
    record PathEvents(
            String path,
            String reason,
            List<String> flags,
            List<Step> events,
            List<String> others,
            List<String> uncertain) {
        PathEvents {
            flags = List.copyOf(flags);
            events = List.copyOf(events);
            others = List.copyOf(others);
            uncertain = List.copyOf(uncertain);
        }

        public static PathEvents notKnown(String path, String reason) {
            return new PathEvents(path, reason, List.of(), List.of(), List.of(), List.of());
        }
    }

    public static StateEvents of(List<EventOrder> orders, EventOrders source) {
        return new StateEvents(orders.stream().map(StateEvents::path).toList(), source.missing());
    }

    /** Nothing is known, for {@code reason}. */
    public static StateEvents notKnown(EntryEvents table, String reason) {
        return new StateEvents(
                table.paths().stream()
                        .map(p -> PathEvents.notKnown(p.name(), reason))
                        .toList(),
                List.of());
    }

    private static PathEvents path(EventOrder o) {
        return switch (o.result()) {
            case EventOrder.NotSeen n -> PathEvents.notKnown(o.path(), n.reason());
            case EventOrder.Seen s ->
                new PathEvents(
                        o.path(),
                        "",
                        s.flags(),
                        s.events().stream()
                                .map(e -> new Step(e.event(), e.by()))
                                .toList(),
                        s.others(),
                        s.uncertain());
        };
    }
}
