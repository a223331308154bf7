// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.nio.file.Path;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.sandbox.StoppableSandbox;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.WorkTime;
import picocli.CommandLine.Option;

/** How kernel objects are built: options of every command that compiles a tree. */
final class BuildOptions {
    @Option(
            names = "--trust-input",
            description = "Compile outside of the sandbox: for your own tree and patches only.")
    private boolean trust;

    @Option(names = "--jobs", paramLabel = "N", description = "Compiler processes (default: one per processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    /** For picocli. */
    BuildOptions() {}

    BuildOptions(boolean trust, int jobs) {
        this.trust = trust;
        this.jobs = jobs;
    }

    int jobs() {
        return jobs;
    }

    boolean trust() {
        return trust;
    }

    /** Builds kept in the user's cache. */
    KernelBuild kernel(Workspace workspace, Toolchain toolchain) throws ReviewException {
        return kernel(workspace, toolchain, workspace.cache().resolve("kernel"));
    }

    /** The same for a review that has only so much time: what is under way when that is up is killed. */
    KernelBuild kernel(Workspace workspace, Toolchain toolchain, WorkTime time) throws ReviewException {
        Sandbox sandbox = new StoppableSandbox(new SandboxChoice(workspace, trust).sandbox(), time);
        return new KernelBuild(toolchain, sandbox, workspace.cache().resolve("kernel"), jobs, workspace::say);
    }

    /** Builds kept in {@code cache}. */
    KernelBuild kernel(Workspace workspace, Toolchain toolchain, Path cache) throws ReviewException {
        return new KernelBuild(toolchain, new SandboxChoice(workspace, trust).sandbox(), cache, jobs, workspace::say);
    }
}
