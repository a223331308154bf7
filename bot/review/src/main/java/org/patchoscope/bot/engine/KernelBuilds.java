// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.nio.file.Path;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.sandbox.StoppableSandbox;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.WorkTime;

/**
 * Makes the builds of kernels that a command works with.
 *
 * @param trust compile outside of the sandbox: never for mail
 * @param jobs compiler processes
 */
public record KernelBuilds(boolean trust, int jobs) {
    /** Builds kept in the user's cache. */
    public KernelBuild in(Workspace workspace, Toolchain toolchain) throws ReviewException {
        return in(workspace, toolchain, workspace.cache().resolve("kernel"));
    }

    /** The same for a review that has only so much time: what is under way when that is up is killed. */
    public KernelBuild in(Workspace workspace, Toolchain toolchain, WorkTime time) throws ReviewException {
        Sandbox sandbox = new StoppableSandbox(new SandboxChoice(workspace, trust).sandbox(), time);
        return new KernelBuild(toolchain, sandbox, workspace.cache().resolve("kernel"), jobs, workspace::say);
    }

    /** Builds kept in {@code cache}. */
    public KernelBuild in(Workspace workspace, Toolchain toolchain, Path cache) throws ReviewException {
        return new KernelBuild(toolchain, new SandboxChoice(workspace, trust).sandbox(), cache, jobs, workspace::say);
    }
}
