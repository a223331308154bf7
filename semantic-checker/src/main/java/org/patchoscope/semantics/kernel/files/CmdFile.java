// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of Kbuild's {@code .foo.o.cmd} files.
 *
 * @param commands the simple commands of the rule, as words
 * @param deps the files that the target was made from, without {@code include/config} markers
 */
public record CmdFile(String target, List<List<String>> commands, List<String> deps) {
    private static final String PREFIX = "savedcmd_";
    private static final List<String> MODES = List.of("-c", "-S", "-E");

    public static Optional<CmdFile> parse(String text) {
        String target = "";
        List<List<String>> commands = List.of();
        List<String> deps = new ArrayList<>();
        boolean inDeps = false;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(PREFIX) && line.contains(" := ")) {
                int assign = line.indexOf(" := ");
                target = line.substring(PREFIX.length(), assign);
                commands = ShellWords.split(unescape(line.substring(assign + 4)));
            } else if (line.startsWith("source_") && line.contains(" := ")) {
                deps.add(line.substring(line.indexOf(" := ") + 4).strip());
            } else if (line.startsWith("deps_")) {
                inDeps = true;
            } else if (line.isBlank()) {
                inDeps = false;
            } else if (inDeps) {
                dependency(line).ifPresent(deps::add);
            }
        }
        return target.isEmpty() ? Optional.empty() : Optional.of(new CmdFile(target, commands, List.copyOf(deps)));
    }

    private static Optional<String> dependency(String line) {
        String word = line.strip();
        word = word.endsWith("\\") ? word.substring(0, word.length() - 1).strip() : word;
        return word.isEmpty() || word.startsWith("$(wildcard") ? Optional.empty() : Optional.of(word);
    }

    /** Undoes what Kbuild's make-cmd does so that make can read the line back. */
    private static String unescape(String text) {
        return text.replace("$(pound)", "#").replace("$$", "$");
    }

    /**
     * The compiler run, if this target is made by nothing else and from kernel source. The host's compiler is clang too,
     * but it is not told of the kernel's headers.
     */
    public Optional<List<String>> kernelCompilerRun(Path sourceRoot) {
        List<List<String>> runs = commands.stream()
                .filter(words -> words.getFirst().endsWith("/clang"))
                .toList();
        boolean one = runs.size() == 1
                && commands.size() == 1
                && runs.getFirst().contains("-nostdinc")
                && runs.getFirst().stream().anyMatch(MODES::contains)
                && Path.of(runs.getFirst().getLast()).startsWith(sourceRoot);
        return one ? Optional.of(runs.getFirst()) : Optional.empty();
    }

    /** The compiler run among the commands; the others (objtool, say) work on its result and are left out. */
    public Optional<List<String>> compilerRun() {
        return commands.stream()
                .filter(words -> words.getFirst().endsWith("/clang") && words.contains("-c"))
                .findFirst();
    }
}
