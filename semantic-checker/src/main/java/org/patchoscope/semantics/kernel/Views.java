// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Chooses how a state is shown to the compiler: as the base itself, through an overlay, or as a tree of its own. */
final class Views {
    private final Path cacheDir;
    private final Trees trees;
    private final Preparer preparer;
    private final GeneratedHeaders headers;
    private final ConcurrentMap<String, Way> ways = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Step<View>> own = new ConcurrentHashMap<>();
    /** By what the build reads of them: the states that trees were made for. */
    private final ConcurrentMap<String, SourceState> firsts = new ConcurrentHashMap<>();

    /** How a state can be shown. */
    private sealed interface Way {
        record Overlay(SortedMap<String, byte[]> generated) implements Way {}

        /** {@code core} is the state with those of its differences that Kbuild itself reads. */
        record OwnTree(SourceState core, String why) implements Way {}
    }

    Views(Path cacheDir, Trees trees, Preparer preparer, GeneratedHeaders headers) {
        this.cacheDir = cacheDir;
        this.trees = trees;
        this.preparer = preparer;
        this.headers = headers;
    }

    /** The view for one object, whose {@code source} exists in the state. */
    Step<View> forObject(Prepared base, SourceState state, String source) throws IOException {
        return switch (way(base, state)) {
            case Way.OwnTree own -> ownTree(base, state);
            case Way.Overlay overlay ->
                Files.exists(state.baseDir().resolve(source))
                        ? new Step.Done<>(new View(base, state, state.replaced(), overlay.generated()))
                        : ownTree(base, state);
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
        return once(ways, base, state, this::decide);
    }

    private Way decide(Prepared base, SourceState state) throws IOException {
        PrepareInputs inputs = PrepareInputs.read(base.home());
        Optional<String> reason = TreeNeed.reason(base.arch(), inputs.scripted(), state);
        if (reason.isPresent()) {
            return new Way.OwnTree(TreeNeed.core(base.arch(), inputs.scripted(), state), reason.get());
        }
        return switch (headers.of(base, inputs, state)) {
            case GeneratedHeaders.Answer.Unknown unknown -> new Way.OwnTree(state, unknown.why());
            case GeneratedHeaders.Answer.Known known -> new Way.Overlay(known.changed());
        };
    }

    /** A view on a tree for which Kbuild has run; states that change the same of what the build reads share one. */
    Step<View> ownTree(Prepared base, SourceState state) throws IOException {
        return once(own, base, state, this::makeOwn);
    }

    private Step<View> makeOwn(Prepared base, SourceState state) throws IOException {
        if (!(way(base, state) instanceof Way.OwnTree(SourceState core, String _))) {
            return whole(base, state);
        }
        SourceState first = firsts.computeIfAbsent(base.key() + "+" + core.key(), key -> state);
        if (!first.key().equals(state.key()) && prepared(base, first) instanceof Step.Done<Prepared>(Prepared tree)) {
            Optional<View> over = over(tree, first, state);
            if (over.isPresent()) {
                return new Step.Done<>(over.get());
            }
        }
        return whole(base, state);
    }

    /** The state as an overlay on the tree of another; nothing if Kbuild would generate something else for it. */
    private Optional<View> over(Prepared tree, SourceState other, SourceState state) throws IOException {
        SortedMap<String, byte[]> rest = state.differencesTo(other);
        SourceState onTree = new SourceState(tree.source(), other.key(), rest, new TreeSet<>());
        PrepareInputs inputs = PrepareInputs.read(tree.home());
        if (TreeNeed.reason(tree.arch(), inputs.scripted(), onTree).isPresent()) {
            return Optional.empty();
        }
        return switch (headers.of(tree, inputs, onTree)) {
            case GeneratedHeaders.Answer.Unknown unknown -> Optional.empty();
            case GeneratedHeaders.Answer.Known known -> Optional.of(new View(tree, state, rest, known.changed()));
        };
    }

    private Step<View> whole(Prepared base, SourceState state) throws IOException {
        return prepared(base, state).then(tree -> new Step.Done<>(View.of(tree, state)));
    }

    private Step<Prepared> prepared(Prepared base, SourceState state) throws IOException {
        Path home = cacheDir.resolve("trees").resolve(state.key());
        Path source = trees.materialise(state, home);
        Preparer.Order order = new Preparer.Order(
                source,
                home.resolve(base.key()),
                base.key() + "+" + state.key(),
                base.arch(),
                base.variant(),
                new Preparer.SeedConfig.CopyOf(base.out().resolve(".config")));
        return preparer.prepare(order);
    }

    private interface Decision<T> {
        T of(Prepared base, SourceState state) throws IOException;
    }

    private static <T> T once(ConcurrentMap<String, T> known, Prepared base, SourceState state, Decision<T> decision)
            throws IOException {
        try {
            return known.computeIfAbsent(base.key() + "+" + state.key(), key -> {
                try {
                    return decision.of(base, state);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }
}
