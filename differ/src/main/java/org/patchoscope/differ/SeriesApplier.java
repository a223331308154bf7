// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.patchoscope.differ.git.DiffParser;
import org.patchoscope.differ.git.GitObjects;

/** Applies a series to a base, in memory and in a scratch repository; the tree itself stays as it is. */
public final class SeriesApplier {
    private final TreeStore store;
    private final ApplyOptions options;

    public SeriesApplier(TreeStore store) {
        this(store, ApplyOptions.standard());
    }

    public SeriesApplier(TreeStore store, ApplyOptions options) {
        this.store = store;
        this.options = options;
    }

    /** Applies the patches in the order given; after the first that fails, none is tried. */
    public SeriesStates apply(List<PatchInput> patches, BaseFinder.Result.Base base) throws IOException {
        return apply(patches, base.tree(), base.commit());
    }

    /** Applies the patches in the order given to a commit of a tree. */
    public SeriesStates apply(List<PatchInput> patches, TreeRef tree, String baseCommit) throws IOException {
        try (GitObjects objects = store.scratch(tree)) {
            // Names are looked up in the tree's own repository; ours has none.
            String commit = store.resolve(tree, baseCommit)
                    .orElseThrow(() -> new NoSuchElementException("no commit " + baseCommit + " in " + tree.name()));
            String treeId = objects.tree(commit).orElseThrow();
            TreeState base = new TreeState(commit, 0, treeId, new TreeMap<>());
            return new SeriesStates(base, results(patches, objects, base));
        }
    }

    private List<SeriesStates.Result> results(List<PatchInput> patches, GitObjects objects, TreeState base)
            throws IOException {
        List<SeriesStates.Result> results = new ArrayList<>();
        TreeState state = base;
        int failed = -1;
        for (PatchInput patch : patches) {
            PatchOutcome outcome =
                    failed >= 0 ? new PatchOutcome.NotTried(failed) : outcome(patch, objects, base.treeId(), state);
            if (outcome instanceof PatchOutcome.Applied applied) {
                state = applied.state();
            } else if (failed < 0) {
                failed = patch.number();
            }
            results.add(new SeriesStates.Result(patch, outcome));
        }
        return results;
    }

    private PatchOutcome outcome(PatchInput patch, GitObjects objects, String baseTree, TreeState state)
            throws IOException {
        return switch (DiffParser.parse(patch.diff())) {
            case DiffParser.Result.Malformed m -> new PatchOutcome.Malformed(m.reason());
            case DiffParser.Result.Unsupported u -> new PatchOutcome.Unsupported(u.file(), u.reason());
            case DiffParser.Result.Parsed p ->
                new PatchApplication(objects, options, baseTree, state, p.files()).run(patch.number());
        };
    }
}
