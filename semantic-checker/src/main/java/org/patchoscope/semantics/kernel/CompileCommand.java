// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kbuild's compiler run for one object, without its outputs.
 *
 * @param compiler the program
 * @param flags everything but program, outputs and source
 * @param source the source file, relative to the source root
 */
record CompileCommand(String compiler, List<String> flags, String source) {
    CompileCommand {
        flags = List.copyOf(flags);
    }

    static CompileCommand of(List<String> words, Path sourceRoot) {
        List<String> flags = new ArrayList<>();
        for (int i = 1; i < words.size() - 1; i++) {
            String word = words.get(i);
            if (word.equals("-o")) {
                i++;
            } else if (!word.equals("-c") && !word.startsWith("-Wp,-M")) {
                flags.add(word);
            }
        }
        Path source = Path.of(words.getLast());
        if (!source.startsWith(sourceRoot)) {
            throw new IllegalArgumentException("the source is not in the source tree but " + source);
        }
        return new CompileCommand(
                words.getFirst(), flags, sourceRoot.relativize(source).toString());
    }

    boolean isAssembly() {
        return source.endsWith(".S");
    }

    /** The command with the places of this machine replaced, so that equal runs of two trees have equal keys. */
    List<String> normalised(Path sourceRoot, Path out) {
        List<String> words = new ArrayList<>();
        for (String flag : flags) {
            words.add(flag.replace(sourceRoot.toString(), "@S").replace(out.toString(), "@O"));
        }
        words.add(source);
        return words;
    }
}
