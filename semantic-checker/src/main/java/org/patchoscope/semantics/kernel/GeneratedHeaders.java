// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CmdFile;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.OffsetsHeader;

/**
 * Finds out which headers Kbuild would generate for a state, without a tree of its own: what the base's preparation
 * compiled is compiled again through the overlay. Headers of constants (asm-offsets.h) follow from the result by
 * Kbuild's rule; of anything else the result must be the same as the base's.
 */
final class GeneratedHeaders {
    /** What a state's generated headers are. */
    sealed interface Answer {
        /** These headers, relative to the output directory, differ from the base's; all others are the same. */
        record Known(SortedMap<String, byte[]> changed) implements Answer {
            public Known {
                changed = Collections.unmodifiableSortedMap(new TreeMap<>(changed));
            }
        }

        /** Only Kbuild can tell. */
        record Unknown(String why) implements Answer {}
    }

    private record Target(String name, CmdFile note, CompileCommand command, Optional<String> header) {}

    private final ObjectCompiler compiler;

    GeneratedHeaders(ObjectCompiler compiler) {
        this.compiler = compiler;
    }

    Answer of(Prepared base, PrepareInputs inputs, SourceState state) throws IOException {
        List<Target> targets = new ArrayList<>();
        for (String name : inputs.compiled()) {
            Optional<CmdFile> note = Commands.note(base, name);
            Optional<CompileCommand> command = note.flatMap(n -> n.kernelCompilerRun(base.source()))
                    .map(words -> CompileCommand.of(words, base.source()));
            if (command.isEmpty()) {
                return new Answer.Unknown("it is not known how " + name + " was made");
            }
            targets.add(new Target(name, note.orElseThrow(), command.get(), header(base, name)));
        }
        return regenerate(base, state, inOrder(targets));
    }

    private static Optional<String> header(Prepared base, String target) {
        String file = target.substring(target.lastIndexOf('/') + 1);
        String header = "include/generated/" + file.substring(0, file.lastIndexOf('.')) + ".h";
        return target.endsWith(".s") && CacheFiles.isPlain(base.out().resolve(header))
                ? Optional.of(header)
                : Optional.empty();
    }

    /** Each after those whose header it reads: asm-offsets.s includes bounds.h. Without a circle there is an order. */
    private static List<Target> inOrder(List<Target> targets) {
        List<Target> ordered = new ArrayList<>();
        List<Target> left = new ArrayList<>(targets);
        while (!left.isEmpty()) {
            Target next = left.stream()
                    .filter(t -> left.stream().noneMatch(other -> other != t && reads(t, other)))
                    .findFirst()
                    .orElse(left.getFirst());
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean reads(Target reader, Target made) {
        return made.header().isPresent()
                && reader.note().deps().contains(made.header().get());
    }

    private Answer regenerate(Prepared base, SourceState state, List<Target> targets) throws IOException {
        SortedMap<String, byte[]> changed = new TreeMap<>();
        for (Target target : targets) {
            if (!affected(base, state, target, changed.keySet())) {
                continue;
            }
            View plain = View.of(base, state.withoutChanges());
            View view = new View(base, state, state.replaced(), changed);
            // A checksum of each source file is part of the debug information, and of nothing else.
            CompileCommand command =
                    target.command().makesObject() ? target.command().with("-g0") : target.command();
            CompileOutcome before = compiler.compile(plain, command);
            CompileOutcome after = compiler.compile(view, command);
            if (!(before instanceof CompileOutcome.Compiled one) || !(after instanceof CompileOutcome.Compiled two)) {
                return new Answer.Unknown(target.name() + " does not compile as it did for the base");
            }
            byte[] first = Files.readAllBytes(one.object());
            byte[] second = Files.readAllBytes(two.object());
            if (target.header().isEmpty()) {
                if (!Arrays.equals(first, second)) {
                    return new Answer.Unknown("generated headers may follow from " + target.name() + ", which changes");
                }
                continue;
            }
            String header = target.header().get();
            String kbuilds = CacheFiles.readPlainText(base.out().resolve(header));
            Optional<String> ours = OffsetsHeader.regenerate(kbuilds, text(first), text(second));
            if (ours.isEmpty()) {
                return new Answer.Unknown(header + " is not made from " + target.name() + " by the known rule");
            }
            if (!ours.get().equals(kbuilds)) {
                changed.put(header, ours.get().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return new Answer.Known(changed);
    }

    private static String text(byte[] assembly) {
        return new String(assembly, StandardCharsets.ISO_8859_1);
    }

    private static boolean affected(Prepared base, SourceState state, Target target, Set<String> changedHeaders) {
        // A file that is new can be found by an include that found another one before.
        if (!state.presence().isEmpty() || target.note().deps().stream().anyMatch(changedHeaders::contains)) {
            return true;
        }
        Path source = base.source();
        Set<String> replaced = state.replaced().keySet();
        return PrepareInputs.sources(target.note(), source, base.out()).stream().anyMatch(replaced::contains);
    }
}
