// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.patchoscope.bot.pipeline.measure.BesideEachOther;
import org.patchoscope.bot.pipeline.measure.StateEvents;
import org.patchoscope.bot.review.ArchitectureView;
import org.patchoscope.config.EntryEvents;

/** The architectures of a review beside each other, in its base configuration: looked for beside the comparisons. */
final class ArchitectureViews {
    private final ReviewJob job;
    private final String configuration;
    private final BesideEachOther beside;
    private final Map<String, Map<Integer, Future<Optional<StateEvents>>>> archs = new LinkedHashMap<>();

    /** Begins; {@code bases} are the reviews in the base configuration, by architecture, begun before. */
    ArchitectureViews(ReviewJob job, String configuration, EntryEvents table, Map<String, LaneReview> bases) {
        this.job = job;
        this.configuration = configuration;
        this.beside = new BesideEachOther(table);
        if (bases.size() > 1) {
            bases.forEach((arch, lane) -> archs.put(arch, lane.events(table)));
        }
    }

    /**
     * The views of those of {@code reviewed}, numbers of patches or {@link LaneReview#WHOLE}, in which something changes; that
     * of the whole series, or of its only patch, always.
     */
    List<ArchitectureView> of(Set<Integer> reviewed) {
        List<ArchitectureView> views = new ArrayList<>();
        int all = job.parts().size();
        for (int i = 0; i < all; i++) {
            int number = job.parts().get(i).number();
            if (reviewed.contains(number)) {
                view(number, i, i + 1)
                        .filter(v -> all == 1 || BesideEachOther.changes(v))
                        .ifPresent(views::add);
            }
        }
        if (reviewed.contains(LaneReview.WHOLE)) {
            view(LaneReview.WHOLE, 0, all).ifPresent(views::add);
        }
        return views;
    }

    /** Empty where fewer than two architectures have such an entry. */
    private Optional<ArchitectureView> view(int number, int from, int to) {
        Map<String, StateEvents> before = state(from);
        Map<String, StateEvents> after = state(to);
        return before.size() > 1 && before.keySet().equals(after.keySet())
                ? Optional.of(beside.view(number, configuration, before, after))
                : Optional.empty();
    }

    private Map<String, StateEvents> state(int i) {
        Map<String, StateEvents> found = new LinkedHashMap<>();
        archs.forEach((arch, states) ->
                Workers.result(Objects.requireNonNull(states.get(i))).ifPresent(e -> found.put(arch, e)));
        return found;
    }
}
