// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Chooses how a state is shown to the compiler: as the base itself, through an overlay, or as a tree of its own. */
final class Views {
    private final Path cacheDir;
    private final Trees trees;
    private final Preparer preparer;

    Views(Path cacheDir, Trees trees, Preparer preparer) {
        this.cacheDir = cacheDir;
        this.trees = trees;
        this.preparer = preparer;
    }

    /** The view for one object, whose {@code source} exists in the state. */
    Step<View> forObject(Prepared base, SourceState state, String source) throws IOException {
        boolean newSource = !Files.exists(state.baseDir().resolve(source));
        if (newSource || treeReason(base, state).isPresent()) {
            return ownTree(base, state);
        }
        return new Step.Done<>(new View(base, state, new TreeMap<>(state.replaced())));
    }

    Optional<String> treeReason(Prepared base, SourceState state) throws IOException {
        Path inputs = base.out().resolveSibling(PrepareInputs.FILE);
        return TreeNeed.reason(base.arch(), Set.copyOf(Files.readAllLines(inputs)), state);
    }

    Step<View> ownTree(Prepared base, SourceState state) throws IOException {
        Path home = cacheDir.resolve("trees").resolve(state.key());
        Path source = trees.materialise(state, home);
        Preparer.Order order = new Preparer.Order(
                source,
                home.resolve(base.key()),
                base.key() + "+" + state.key(),
                base.arch(),
                base.variant(),
                new Preparer.SeedConfig.CopyOf(base.out().resolve(".config")));
        Step<Prepared> prepared = preparer.prepare(order);
        return prepared.then(own -> new Step.Done<>(new View(own, state, new TreeMap<>())));
    }
}
