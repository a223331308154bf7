// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Chooses how a state is shown to the compiler: as the base itself, through an overlay, or as a tree of its own. */
final class Views {
    private final Path cacheDir;
    private final Trees trees;
    private final Preparer preparer;
    private final GeneratedHeaders headers;
    private final ConcurrentMap<String, Way> ways = new ConcurrentHashMap<>();

    /** How a state can be shown. */
    private sealed interface Way {
        record Overlay(SortedMap<String, byte[]> generated) implements Way {}

        record OwnTree(String why) implements Way {}
    }

    Views(Path cacheDir, Trees trees, Preparer preparer, GeneratedHeaders headers) {
        this.cacheDir = cacheDir;
        this.trees = trees;
        this.preparer = preparer;
        this.headers = headers;
    }

    /** The view for one object, whose {@code source} exists in the state. */
    Step<View> forObject(Prepared base, SourceState state, String source) throws IOException {
        if (!Files.exists(state.baseDir().resolve(source))) {
            return ownTree(base, state);
        }
        return switch (way(base, state)) {
            case Way.OwnTree own -> ownTree(base, state);
            case Way.Overlay overlay -> new Step.Done<>(new View(base, state, state.replaced(), overlay.generated()));
        };
    }

    Optional<String> treeReason(Prepared base, SourceState state) throws IOException {
        return switch (way(base, state)) {
            case Way.OwnTree own -> Optional.of(own.why());
            case Way.Overlay overlay -> Optional.empty();
        };
    }

    /** Decided once per state: every object of it asks, and those that are compiled in parallel ask at one time. */
    private Way way(Prepared base, SourceState state) throws IOException {
        if (state.isBase()) {
            return new Way.Overlay(new TreeMap<>());
        }
        try {
            return ways.computeIfAbsent(base.key() + "+" + state.key(), key -> decide(base, state));
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private Way decide(Prepared base, SourceState state) {
        try {
            PrepareInputs inputs = PrepareInputs.read(base.home());
            Optional<String> reason = TreeNeed.reason(base.arch(), inputs.scripted(), state);
            if (reason.isPresent()) {
                return new Way.OwnTree(reason.get());
            }
            return switch (headers.of(base, inputs, state)) {
                case GeneratedHeaders.Answer.Unknown unknown -> new Way.OwnTree(unknown.why());
                case GeneratedHeaders.Answer.Known known -> new Way.Overlay(known.changed());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return prepared.then(own -> new Step.Done<>(View.of(own, state)));
    }
}
