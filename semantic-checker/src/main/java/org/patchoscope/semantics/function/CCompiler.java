// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.sandbox.Command;
import org.patchoscope.semantics.sandbox.CommandOutcome;
import org.patchoscope.semantics.sandbox.ResourceLimits;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.toolchain.Toolchain;

/**
 * Compiles plain C files with the embedded clang, with the kernel's reading of C: integers wrap, pointers may be null
 * and of any type, loops may be endless. What is left undefined is what the compiler makes of it.
 */
final class CCompiler {
    private static final List<String> LANGUAGE = List.of(
            "-std=gnu11",
            "-fwrapv",
            "-fno-strict-aliasing",
            "-fno-delete-null-pointer-checks",
            "-fno-finite-loops",
            "-fno-common",
            "-fno-builtin",
            "-w");

    /** Simple loops and one object file per version: what is compared is C, not the compiler's wit. */
    private static final List<String> CODE = List.of(
            "-O2",
            "-g",
            "-fno-pic",
            "-fno-vectorize",
            "-fno-slp-vectorize",
            "-fno-unroll-loops",
            "-fno-jump-tables",
            "-fno-stack-protector",
            "-fno-omit-frame-pointer",
            "-fno-optimize-sibling-calls",
            "-fno-asynchronous-unwind-tables",
            "-fdebug-compilation-dir=.");

    private final Toolchain toolchain;
    private final Sandbox sandbox;
    private final List<String> options;

    /** A compiler that is given {@code options} too. */
    CCompiler(Toolchain toolchain, Sandbox sandbox, List<String> options) {
        this.toolchain = toolchain;
        this.sandbox = sandbox;
        this.options = List.copyOf(options);
    }

    /** Compiles {@code source} for {@code function}; what the compiler writes goes to {@code work}, which must exist. */
    CFile compile(Path source, String function, Target target, MarkedIr.Accesses accesses, Path work)
            throws ObjectException {
        Path ir = work.resolve("code.ll");
        Path marked = work.resolve("marked.ll");
        Path object = work.resolve("code.o");
        try {
            String error = "";
            // Other functions of the file may need what this one does not.
            for (List<String> machine : List.of(machine(target), List.<String>of())) {
                error = run(source, target, work, intermediate(ir, machine), ir);
                if (!error.isEmpty()) {
                    continue;
                }
                MarkedIr plain = new MarkedIr(Files.readString(ir), MarkedIr.Accesses.AS_IN_C);
                MarkedIr code =
                        accesses == MarkedIr.Accesses.AS_IN_C ? plain : new MarkedIr(Files.readString(ir), accesses);
                IrFile facts = new IrFile(plain.text());
                Optional<String> obstacle = facts.obstacle(function);
                if (obstacle.isPresent()) {
                    return new CFile.Opaque(obstacle.get(), facts);
                }
                Files.writeString(marked, code.text());
                error = run(marked, target, work, code(object, machine), object);
                if (error.isEmpty()) {
                    // One name for both versions: their static variables are the same ones.
                    return new CFile.Compiled(
                            new ObjectReader().read("code.o", object),
                            new DebugInfoReader(toolchain.tool("llvm-dwarfdump")).read(object),
                            facts);
                }
            }
            return new CFile.Failed(error);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compile " + source, e);
        }
    }

    private static List<String> intermediate(Path ir, List<String> machine) {
        List<String> all = new ArrayList<>(CODE);
        all.addAll(machine);
        all.addAll(List.of("-S", "-emit-llvm", "-Xclang", "-disable-llvm-passes", "-o", ir.toString()));
        return all;
    }

    private static List<String> code(Path object, List<String> machine) {
        List<String> all = new ArrayList<>(CODE);
        all.addAll(machine);
        all.addAll(List.of("-c", "-o", object.toString()));
        return all;
    }

    /** Flags that keep integers in integer registers, as in the kernel. */
    private static List<String> machine(Target target) {
        return switch (target.arch()) {
            case "arm64" -> List.of("-mgeneral-regs-only", "-mbranch-protection=none");
            // The converter makes branches of conditional moves, and a load that was before them conditional.
            default ->
                List.of(
                        "-mno-sse",
                        "-mno-mmx",
                        "-mno-80387",
                        "-mno-red-zone",
                        "-fcf-protection=none",
                        "-mllvm",
                        "-x86-cmov-converter=false");
        };
    }

    /** The first error, or nothing if the result is there. */
    private String run(Path source, Target target, Path work, List<String> flags, Path result) throws IOException {
        Path file = source.toAbsolutePath().normalize();
        List<String> argv = new ArrayList<>(List.of(toolchain.tool("clang").toString(), "--target=" + target.triple()));
        argv.addAll(LANGUAGE);
        argv.addAll(flags);
        argv.addAll(options);
        argv.add(file.toString());
        Path directory = Objects.requireNonNull(file.getParent(), "a file is in a directory");
        CommandOutcome outcome = sandbox.run(new Command(
                argv,
                work,
                List.of(directory, toolchain.root()),
                List.of(work),
                Map.of("LC_ALL", "C"),
                ResourceLimits.compile()));
        return switch (outcome) {
            case CommandOutcome.Finished f when f.exit() == 0 && Files.isRegularFile(result) -> "";
            case CommandOutcome.Finished f ->
                f.stderr().lines().filter(l -> l.contains("error:")).findFirst().orElse(f.stderr());
            case CommandOutcome.LimitExceeded l -> "the compiler exceeded the limit of " + l.which();
            case CommandOutcome.Unavailable u -> "the compiler cannot be run: " + u.why();
        };
    }
}
