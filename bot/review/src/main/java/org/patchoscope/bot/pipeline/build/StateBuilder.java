// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.patchoscope.semantics.count.assembly.MarkedAssembly;
import org.patchoscope.semantics.kernel.SourceState;

/** Makes the objects of a source state, for one architecture and configuration. */
public interface StateBuilder {

    /** One object: {@code key} is equal for two states only if the code is. */
    record BuiltObject(String name, Path file, String key, Set<String> sources) {
        public BuiltObject {
            sources = Set.copyOf(sources);
        }
    }

    /** Sources by object. */
    @FunctionalInterface
    interface Sources {
        /** The C source of an object with its macros expanded, where there is one. */
        Optional<String> preprocessed(String object);
    }

    /**
     * The objects of one state.
     *
     * @param failures objects that did not compile, with the compiler's first error
     * @param leftOut objects that the configured kernel does not include although their sources are there, with the reason
     * @param macros constants of the tree, for words
     * @param notes what a reader should know, such as options the state's Kconfig dropped
     * @param described by name, objects that were compiled once more so that debug information says what their calls
     *     through pointers pass; to be compared, and not to be measured
     * @param sources the text of objects' sources, where someone asks for it
     */
    record Built(
            List<BuiltObject> objects,
            Map<String, String> failures,
            Map<String, String> leftOut,
            Map<String, Long> macros,
            List<String> notes,
            Map<String, BuiltObject> described,
            Sources sources) {
        /** A state whose sources cannot be asked for. */
        public Built(
                List<BuiltObject> objects,
                Map<String, String> failures,
                Map<String, String> leftOut,
                Map<String, Long> macros,
                List<String> notes) {
            this(objects, failures, leftOut, macros, notes, Map.of(), object -> Optional.empty());
        }

        public Built {
            leftOut = Map.copyOf(leftOut);
            objects = List.copyOf(objects);
            failures = Map.copyOf(failures);
            macros = Map.copyOf(macros);
            notes = List.copyOf(notes);
            described = Map.copyOf(described);
        }

        /** The same with other notes. */
        Built with(List<String> others) {
            return new Built(objects, failures, leftOut, macros, others, described, sources);
        }

        /** The objects that comparisons are made of. */
        public Built compared() {
            List<BuiltObject> all = objects.stream()
                    .map(o -> described.getOrDefault(o.name(), o))
                    .toList();
            return new Built(all, failures, leftOut, macros, notes, Map.of(), sources);
        }

        /** The objects' keys by name: equal for two states only if their code is. */
        public Map<String, String> keys() {
            Map<String, String> keys = new TreeMap<>();
            objects.forEach(o -> keys.put(o.name(), o.key()));
            return keys;
        }
    }

    /** Builds the world of a series: the profile's objects and those of the files in {@code touched}. */
    Built build(SourceState state, SortedSet<String> touched);

    /** A copy of an object made of assembly whose code says which line and macro it comes from. */
    sealed interface Marked {
        /** The object, and the source it was made of. */
        record Made(Path object, MarkedAssembly source) implements Marked {}

        /** There is none. */
        record NotMade(String why) implements Marked {}
    }

    /** Makes such a copy of an object that {@link #build} has made of a {@code .S} file. */
    Marked marked(SourceState state, String object);
}
