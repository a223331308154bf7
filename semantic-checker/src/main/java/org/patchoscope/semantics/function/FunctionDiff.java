// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
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
        /** Whether nothing was found that differs. */
        default boolean equalSoFar() {
            return switch (this) {
                case Compared c -> c.verdict().equal();
                case Unless u -> true;
                case NotCompared n -> false;
                case Refused r -> false;
            };
        }

        /** The verdict, and the two programs that its expressions are about. */
        record Compared(RootVerdict verdict, Program before, Program after) implements Result {}

        /**
         * The verdict is equivalent, or equal within the bound, for all inputs but those where objects overlap.
         *
         * @param overlap what would have to overlap, such as {@code a and b overlap}
         * @param shown what happens where it does, as far as that has been found, in the terms of the programs
         */
        record Unless(String overlap, RootVerdict verdict, List<Finding> shown, Program before, Program after)
                implements Result {
            public Unless {
                shown = List.copyOf(shown);
            }
        }

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
        Versions versions = versions(request, compiler, target, MarkedIr.Accesses.AS_IN_C, work);
        Optional<Result> refused = refused(request.before(), request.function(), versions.before(), target)
                .or(() -> refused(request.after(), request.function(), versions.after(), target));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!(versions.before() instanceof CFile.Compiled one) || !(versions.after() instanceof CFile.Compiled two)) {
            return new Result.NotCompared(versions.obstacle());
        }
        Pairing pairing = new Pairing(one, two, request.function(), target, disassembler);
        Result found = new OverlapCases(pairing, request.loops()).compare(request.disjoint());
        boolean tested = pairing.testsPointers() && found.equalSoFar();
        if (!tested) {
            return found;
        }
        Versions kept = versions(request, compiler, target, MarkedIr.Accesses.ALL_KEPT, work);
        return kept.before() instanceof CFile.Compiled three && kept.after() instanceof CFile.Compiled four
                ? new FaultCases(new Pairing(three, four, request.function(), target, disassembler), request.loops())
                        .after(found)
                : found;
    }

    private record Versions(CFile before, CFile after) {
        String obstacle() {
            return Stream.of(before, after)
                    .filter(CFile.Opaque.class::isInstance)
                    .map(f -> ((CFile.Opaque) f).why())
                    .findFirst()
                    .orElse("it was not compiled");
        }
    }

    private static Versions versions(
            Request request, CCompiler compiler, Target target, MarkedIr.Accesses accesses, Path work)
            throws ObjectException {
        String f = request.function();
        String kind = target.arch() + (accesses == MarkedIr.Accesses.AS_IN_C ? "" : "-faults");
        return new Versions(
                compiler.compile(request.before(), f, target, accesses, directory(work, kind + "-before")),
                compiler.compile(request.after(), f, target, accesses, directory(work, kind + "-after")));
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
