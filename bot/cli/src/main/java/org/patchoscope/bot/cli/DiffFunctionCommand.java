// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.cli.options.TextOrJson;
import org.patchoscope.bot.engine.KernelLanes;
import org.patchoscope.bot.engine.ProgramVersion;
import org.patchoscope.bot.engine.SandboxChoice;
import org.patchoscope.bot.engine.ScratchDirectory;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.FunctionReviewer;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.review.Review;
import org.patchoscope.semantics.function.FunctionDiff;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope diff-function}: two versions of a function in plain C files. */
@Command(
        name = "diff-function",
        description = "Compare a function of one C file with that of another: result, memory and calls.")
final class DiffFunctionCommand implements Callable<Integer> {
    private static final String BOTH = "both";

    @Mixin
    private TextOrJson output = new TextOrJson();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "OLD.c", description = "File with the version before.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW.c", description = "File with the version after.")
    private Path after = Path.of("");

    @Option(
            names = {"-f", "--function"},
            required = true,
            paramLabel = "NAME",
            description = "Function to compare; both files define it.")
    private String function = "";

    @Option(names = "--arch", paramLabel = "ARCH", description = "arm64, x86_64 or both (the default).")
    private String arch = BOTH;

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Follow loops and recursion for at most N iterations (default: 4).")
    private int loops = 4;

    @Option(
            names = "--no-overlap",
            description = "Take objects behind different pointers to be disjoint; without it, equality that hangs on"
                    + " that is not analysed.")
    private boolean disjoint;

    @Option(names = "--cflag", paramLabel = "FLAG", description = "Give the compiler FLAG too, such as -Iinclude.")
    private List<String> flags = new ArrayList<>();

    @Option(names = "--trust-input", description = "Compile outside of the sandbox: for your own files only.")
    private boolean trust;

    @Override
    public Integer call() throws IOException, ReviewException {
        List<Target> targets = KernelLanes.archs(arch.equals(BOTH) ? "arm64,x86_64" : arch);
        if (loops < 0 || loops > 64) {
            throw new ReviewException("not a bound for loops: " + loops, "--loops", "give 0 to 64");
        }
        for (Path file : List.of(before, after)) {
            if (!Files.isReadable(file)) {
                throw new ReviewException("cannot read " + file, file.toString(), "name a C file");
            }
        }
        Workspace workspace = common.workspace();
        Toolchain toolchain = workspace.toolchain();
        var sandbox = new SandboxChoice(workspace, trust).sandbox();
        try (ScratchDirectory work = ScratchDirectory.create("function-")) {
            var request = new FunctionDiff.Request(before, after, function, flags, loops, disjoint);
            Review review = new FunctionReviewer(
                            toolchain, new FunctionDiff(toolchain, sandbox), ProgramVersion.with(toolchain))
                    .review(request, targets, work.path());
            output.writeFunction(review);
            return ReportOptions.exitCode(review);
        }
    }
}
