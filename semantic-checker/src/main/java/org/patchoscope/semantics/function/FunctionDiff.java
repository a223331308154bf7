// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchoscope.semantics.compare.RootVerdict;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Target;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.toolchain.Toolchain;

/**
 * Compares a function of one C file with the same function of another: what it returns, what it leaves in memory and
 * what it calls. The engine is that of a review; what the kernel's profile says is not believed here.
 */
public final class FunctionDiff {
    /**
     * What is to be compared.
     *
     * @param options for the compiler, such as {@code -I} and {@code -D}
     * @param loops how often a place may be returned to
     * @param disjoint whether objects behind different pointers are taken not to overlap
     */
    public record Request(Path before, Path after, String function, List<String> options, int loops, boolean disjoint) {
        public Request {
            options = List.copyOf(options);
        }
    }

    /** What came of it. */
    public sealed interface Result {
        /** The verdict, and the two programs that its expressions are about. */
        record Compared(RootVerdict verdict, Program before, Program after) implements Result {}

        /** Nothing can be said of it, and why. */
        record NotCompared(String why) implements Result {}

        /** There is nothing to compare: what is wrong, where, and what to do about it. */
        record Refused(String what, String where, String advice) implements Result {}
    }

    private final Toolchain toolchain;
    private final Sandbox sandbox;

    public FunctionDiff(Toolchain toolchain, Sandbox sandbox) {
        this.toolchain = toolchain;
        this.sandbox = sandbox;
    }

    /**
     * Compares the two versions on one architecture.
     *
     * @param work an existing directory for what compilers write
     */
    public Result compare(Request request, Target target, Disassembler disassembler, Path work) throws ObjectException {
        CCompiler compiler = new CCompiler(toolchain, sandbox, request.options());
        String function = request.function();
        CFile before = compiler.compile(request.before(), function, target, directory(work, target.arch() + "-before"));
        CFile after = compiler.compile(request.after(), function, target, directory(work, target.arch() + "-after"));
        return refused(request.before(), function, before, target)
                .or(() -> refused(request.after(), function, after, target))
                .orElseGet(() -> compared(request, before, after, target, disassembler));
    }

    private static Result compared(
            Request request, CFile before, CFile after, Target target, Disassembler disassembler) {
        if (before instanceof CFile.Compiled one && after instanceof CFile.Compiled two) {
            Pairing pairing = new Pairing(one, two, request.function(), target, disassembler);
            return new OverlapCases(pairing, request.loops()).compare(request.disjoint());
        }
        return new Result.NotCompared(Stream.of(before, after)
                .filter(CFile.Opaque.class::isInstance)
                .map(f -> ((CFile.Opaque) f).why())
                .findFirst()
                .orElse("it was not compiled"));
    }

    private static Path directory(Path work, String name) {
        try {
            return Files.createDirectories(work.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + work, e);
        }
    }

    /** Why a version of a file cannot take part at all. */
    private static Optional<Result> refused(Path file, String function, CFile version, Target target) {
        return switch (version) {
            case CFile.Failed f ->
                Optional.of(new Result.Refused(
                        file.getFileName() + " does not compile for " + target.arch() + ": " + f.error(),
                        file.toString(),
                        "repair it, or give the compiler what it lacks with --cflag"));
            case CFile.Opaque o -> undefined(file, function, o.ir());
            case CFile.Compiled c -> undefined(file, function, c.ir()).or(() -> vanished(file, function, c));
        };
    }

    private static Optional<Result> undefined(Path file, String function, IrFile ir) {
        return ir.functions().contains(function)
                ? Optional.empty()
                : Optional.of(new Result.Refused(
                        file.getFileName() + " does not define " + function + "()",
                        file.toString(),
                        "it defines " + String.join(", ", ir.functions())));
    }

    private static Optional<Result> vanished(Path file, String function, CFile.Compiled compiled) {
        return compiled.object().functions().containsKey(function)
                ? Optional.empty()
                : Optional.of(new Result.Refused(
                        function + "() of " + file.getFileName() + " is static, and nothing is left of it",
                        file.toString(),
                        "make it global, for example with --cflag -Dstatic="));
    }
}
