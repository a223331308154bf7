// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.engine.KernelLanes;
import org.patchoscope.bot.engine.ProgramVersion;
import org.patchoscope.bot.engine.SandboxChoice;
import org.patchoscope.bot.engine.ScratchDirectory;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.FunctionReviewer;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.semantics.function.FunctionDiff;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patchoscope bench scale}: how the cost of a comparison grows with the function. */
@Command(
        name = "scale",
        description =
                "Measure comparing a function of N independent branches, each with a call, and one change at the end.")
final class BenchScaleCommand implements Callable<Integer> {
    /** Turns that a loop is followed for; the functions have none. */
    private static final int LOOPS = 2;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--arch", paramLabel = "ARCH", description = "arm64 (the default) or x86_64.")
    private String arch = "arm64";

    @Option(
            names = "--branches",
            split = ",",
            paramLabel = "N",
            description = "How many branches (default: 10,20,50,100,200,400).")
    private List<Integer> branches = List.of(10, 20, 50, 100, 200, 400);

    @Option(names = "--trust-input", description = "Compile outside of the sandbox.")
    private boolean trust;

    @Override
    public Integer call() throws IOException, ReviewException {
        if (branches.stream().anyMatch(n -> n < 1 || n > 2000)) {
            throw new ReviewException("not a number of branches", "--branches", "give numbers from 1 to 2000");
        }
        Workspace workspace = common.workspace();
        Toolchain toolchain = workspace.toolchain();
        FunctionReviewer reviewer = new FunctionReviewer(
                toolchain,
                new FunctionDiff(toolchain, new SandboxChoice(workspace, trust).sandbox()),
                ProgramVersion.with(toolchain));
        System.out.printf(Locale.ROOT, "%8s  %12s  %8s  %12s  %8s%n", "branches", "same", "s", "changed", "s");
        // The first comparison pays for loading.
        measure(reviewer, 2, false);
        for (int n : branches) {
            Measured same = measure(reviewer, n, false);
            Measured changed = measure(reviewer, n, true);
            System.out.printf(
                    Locale.ROOT,
                    "%8d  %12s  %8.2f  %12s  %8.2f%n",
                    n,
                    same.verdict(),
                    same.seconds(),
                    changed.verdict(),
                    changed.seconds());
        }
        System.out.printf("%nsame: the last call's argument is computed in another way. changed: it is another%n"
                + "one. s: seconds with compiling and the witness, nothing remembered.%n");
        return 0;
    }

    private record Measured(String verdict, double seconds) {}

    private Measured measure(FunctionReviewer reviewer, int n, boolean changed) throws IOException, ReviewException {
        try (ScratchDirectory work = ScratchDirectory.create("scale-")) {
            Path before = Files.writeString(work.path().resolve("old.c"), source(n, "flags + flags"));
            Path after =
                    Files.writeString(work.path().resolve("new.c"), source(n, changed ? "flags * 2 + 1" : "flags * 2"));
            long start = System.nanoTime();
            Review review = reviewer.review(
                    new FunctionDiff.Request(before, after, "f", List.of(), LOOPS, true),
                    KernelLanes.archs(arch),
                    work.path());
            double seconds = (System.nanoTime() - start) / 1e9;
            String verdict = review.patches().getFirst().units().stream()
                    .map(Unit::verdict)
                    .map(Review.Verdict::text)
                    .findFirst()
                    .orElse("-");
            return new Measured(verdict, seconds);
        }
    }

    /** Each branch asks for a bit of its own of a word that the call before may have changed. */
    private static String source(int branches, String last) {
        StringBuilder text = new StringBuilder("""
                unsigned long read_flags(int);
                void event(int, unsigned long);
                void f(void)
                {
                \tunsigned long flags = read_flags(0);

                """);
        for (int i = 0; i < branches; i++) {
            text.append("\tif (flags & (1UL << ")
                    .append(i % 64)
                    .append("))\n\t\tevent(")
                    .append(i)
                    .append(", flags);\n\tflags ^= read_flags(")
                    .append(i + 1)
                    .append(");\n");
        }
        return text.append("\tevent(-1, ").append(last).append(");\n}\n").toString();
    }
}
