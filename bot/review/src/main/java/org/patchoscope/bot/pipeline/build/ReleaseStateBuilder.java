// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.KernelConfig;

/** Builds two releases of a kernel, each a tree of its own with a configuration of its own. */
public final class ReleaseStateBuilder implements StateBuilder {
    /** How many options a note names. */
    private static final int NAMED = 12;

    /**
     * One of the two: its tree, and what builds it.
     *
     * @param options what the objects of the files it is given read, with their prefix
     */
    public record Release(
            SourceState state,
            StateBuilder builder,
            Function<SortedSet<String>, Set<String>> options,
            KernelConfig config) {}

    private final Release older;
    private final Release newer;

    public ReleaseStateBuilder(Release older, Release newer) {
        this.older = older;
        this.newer = newer;
    }

    @Override
    public Built build(SourceState state, SortedSet<String> touched) {
        Built built = of(state).builder().build(state, touched);
        if (!state.baseId().equals(newer.state().baseId())) {
            return built;
        }
        List<String> notes = new ArrayList<>(built.notes());
        notes.addAll(options(touched));
        return built.with(notes);
    }

    /** Options that objects of either release read and that are set otherwise in the other. */
    private List<String> options(SortedSet<String> touched) {
        TreeSet<String> read = new TreeSet<>(older.options().apply(touched));
        read.addAll(newer.options().apply(touched));
        List<String> differ = read.stream()
                .filter(o -> !older.config().value(o).equals(newer.config().value(o)))
                .map(o -> o + " " + older.config().value(o) + ", now "
                        + newer.config().value(o))
                .toList();
        if (differ.isEmpty()) {
            return List.of();
        }
        String more = differ.size() > NAMED ? "; and " + (differ.size() - NAMED) + " more" : "";
        return List.of(
                "each release has its own default configuration; of the options that the code reads these differ: "
                        + String.join("; ", differ.subList(0, Math.min(NAMED, differ.size()))) + more);
    }

    @Override
    public Marked marked(SourceState state, String object) {
        return of(state).builder().marked(state, object);
    }

    private Release of(SourceState state) {
        return state.baseId().equals(older.state().baseId()) ? older : newer;
    }
}
