// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Kbuild's compiler run for one target, without its outputs.
 *
 * @param compiler the program
 * @param flags everything but program, mode, outputs and source
 * @param mode what clang is to make: {@code -c} an object, {@code -S} assembly, {@code -E} preprocessed text
 * @param source the source file, relative to the source root
 */
public record CompileCommand(String compiler, List<String> flags, String mode, String source) {
    private static final String OBJECT = "-c";
    private static final String THUNKS = "-mretpoline-external-thunk";

    /** A processor for which LLVM loads the address of a callee first; nothing else but pushes depends on it. */
    private static final List<String> CALLEE_IN_REGISTER =
            List.of("-Xclang", "-target-feature", "-Xclang", "+slow-two-mem-ops");

    private static final List<String> MODES = List.of(OBJECT, "-S", "-E");

    public CompileCommand {
        flags = List.copyOf(flags);
    }

    public static CompileCommand of(List<String> words, Path sourceRoot) {
        List<String> flags = new ArrayList<>();
        String mode = OBJECT;
        for (int i = 1; i < words.size() - 1; i++) {
            String word = words.get(i);
            if (word.equals("-o")) {
                i++;
            } else if (MODES.contains(word)) {
                mode = word;
            } else if (!word.startsWith("-Wp,-M")) {
                flags.add(word);
            }
        }
        Path source = Path.of(words.getLast());
        if (!source.startsWith(sourceRoot)) {
            throw new IllegalArgumentException("the source is not in the source tree but " + source);
        }
        return new CompileCommand(
                words.getFirst(), flags, mode, sourceRoot.relativize(source).toString());
    }

    public boolean isAssembly() {
        return source.endsWith(".S");
    }

    public boolean makesObject() {
        return mode.equals(OBJECT);
    }

    public CompileCommand with(String flag) {
        return new CompileCommand(
                compiler, Stream.concat(flags.stream(), Stream.of(flag)).toList(), mode, source);
    }

    /** One that makes calls through pointers so that LLVM says what they pass (see {@code object.UndescribedCalls}). */
    public CompileCommand described() {
        return isAssembly()
                ? this
                : new CompileCommand(
                        compiler,
                        Stream.concat(flags.stream().filter(f -> !f.equals(THUNKS)), CALLEE_IN_REGISTER.stream())
                                .toList(),
                        mode,
                        source);
    }

    /** The command with the places of this machine replaced, so that equal runs of two trees have equal keys. */
    public List<String> normalised(Path sourceRoot, Path out) {
        List<String> words = new ArrayList<>();
        for (String flag : flags) {
            words.add(flag.replace(sourceRoot.toString(), "@S").replace(out.toString(), "@O"));
        }
        if (!makesObject()) {
            words.add(mode);
        }
        words.add(source);
        return words;
    }
}
