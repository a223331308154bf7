// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import org.patchoscope.bot.engine.KernelBuilds;
import picocli.CommandLine.Option;

/** How kernel objects are built: options of every command that compiles a tree. */
public final class BuildOptions {
    @Option(
            names = "--trust-input",
            description = "Compile outside of the sandbox: for your own tree and patches only.")
    private boolean trust;

    @Option(names = "--jobs", paramLabel = "N", description = "Compiler processes (default: one per processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    public int jobs() {
        return jobs;
    }

    public boolean trust() {
        return trust;
    }

    /** What makes builds of kernels so. */
    public KernelBuilds builds() {
        return new KernelBuilds(trust, jobs);
    }
}
