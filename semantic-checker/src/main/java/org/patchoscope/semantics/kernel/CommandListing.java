// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.patchoscope.semantics.kernel.files.ShellWords;

/**
 * What Kbuild would compile below some directories, from its dry run ({@code make -n}): two seconds for all of
 * {@code kernel/}, where letting it make each object takes as long as compiling does. An object that a complete listing
 * lacks is not part of the kernel in that configuration.
 */
final class CommandListing {
    private static final String COMPLETE = "complete";
    private static final String INCOMPLETE = "incomplete";
    private static final char SEPARATOR = '\t';

    private CommandListing() {}

    /** The compiler runs in the output of a dry run, by object. */
    static SortedMap<String, List<String>> parse(String output) {
        SortedMap<String, List<String>> commands = new TreeMap<>();
        // A recipe that compiles is one line that begins so (scripts/Kbuild.include, "cmd").
        output.lines()
                .filter(line -> line.startsWith("set -e;") && line.contains("/clang ") && line.contains(" -c "))
                .flatMap(line -> ShellWords.split(line).stream())
                .filter(words -> words.getFirst().endsWith("/clang") && words.contains("-c"))
                .forEach(words -> {
                    int at = words.indexOf("-o");
                    if (at > 0 && at + 1 < words.size()) {
                        commands.putIfAbsent(words.get(at + 1), words);
                    }
                });
        return commands;
    }

    static void write(Path file, boolean complete, SortedMap<String, List<String>> commands) throws IOException {
        StringBuilder text = new StringBuilder(complete ? COMPLETE : INCOMPLETE).append('\n');
        commands.forEach((object, words) -> {
            if (words.stream().noneMatch(word -> word.indexOf(SEPARATOR) >= 0)) {
                text.append(object)
                        .append(SEPARATOR)
                        .append(String.join("\t", words))
                        .append('\n');
            }
        });
        ObjectCache.writeAtomically(file, text.toString());
    }

    static boolean isComplete(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("").equals(COMPLETE);
        }
    }

    /** The words of one object's command. */
    static Optional<List<String>> find(Path file, String object) throws IOException {
        String start = object + SEPARATOR;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(start))
                    .findFirst()
                    .map(line -> List.of(line.substring(start.length()).split("\t", -1)));
        }
    }
}
