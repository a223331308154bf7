// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.Digest;
import org.patchoscope.semantics.kernel.files.Logs;
import org.patchoscope.semantics.sandbox.CommandOutcome;

/** Preprocesses an assembly source, and assembles what the caller has made of the text. */
final class Reassembler {
    private final Path cacheDir;
    private final CompilerRun compiler;

    Reassembler(Path cacheDir, CompilerRun compiler) {
        this.cacheDir = cacheDir;
        this.compiler = compiler;
    }

    /** {@code contentKey} is that of the object as Kbuild makes it. */
    Reassembled run(View view, CompileCommand command, String contentKey, UnaryOperator<String> change)
            throws IOException {
        if (!command.isAssembly()) {
            return refused("only assembly can be assembled, not " + command.source());
        }
        try (Work work = Work.create(cacheDir)) {
            Path text = kept("preprocessed", contentKey, ".s");
            if (!Files.exists(text)) {
                Path made = work.out().resolve("preprocessed.s");
                Path source = view.prepared().source().resolve(command.source());
                CommandOutcome outcome =
                        compiler.run(view, command, work, List.of("-E", "-o", made.toString()), source);
                if (!CompilerRun.good(outcome, made)) {
                    return new Reassembled.NotMade(Logs.failure(outcome));
                }
                keep(relative(CacheFiles.readPlainText(made), view.prepared().source() + "/"), text, work);
            }
            String preprocessed = CacheFiles.readPlainText(text);
            return assemble(view, command, preprocessed, change.apply(preprocessed), work);
        }
    }

    /** Line markers with names of files as in the tree, wherever that lies. */
    private static String relative(String text, String prefix) {
        StringBuilder out = new StringBuilder();
        text.lines()
                .forEach(l -> out.append(l.startsWith("# ") ? l.replace(prefix, "") : l)
                        .append('\n'));
        return out.toString();
    }

    /** Bytes that are no ASCII stay as they are. */
    private static void keep(String text, Path file, Work work) throws IOException {
        Path fresh = work.in().resolve("text");
        Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
        move(fresh, file);
    }

    private static void move(Path fresh, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Reassembled assemble(View view, CompileCommand command, String preprocessed, String text, Work work)
            throws IOException {
        String key = new Digest()
                .add("reassembled-1")
                .addAll(command.normalised(
                        view.prepared().source(), view.prepared().out()))
                .add(text)
                .hex();
        Path kept = kept("reassembled", key, ".o");
        if (!Files.exists(kept)) {
            Path source = work.in().resolve("changed.S");
            Files.writeString(source, text, StandardCharsets.ISO_8859_1);
            Path object = work.out().resolve("changed.o");
            CommandOutcome outcome =
                    compiler.run(view, command, work, List.of("-w", "-c", "-o", object.toString()), source);
            if (!CompilerRun.good(outcome, object)) {
                return new Reassembled.NotMade(Logs.failure(outcome));
            }
            move(object, kept);
        }
        return new Reassembled.Made(kept, preprocessed);
    }

    private Path kept(String folder, String key, String suffix) {
        return cacheDir.resolve(folder).resolve(key + suffix);
    }

    private static Reassembled refused(String why) {
        return new Reassembled.NotMade(new CompileOutcome.Refused(why));
    }
}
