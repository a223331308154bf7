// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.sandbox.Command;
import org.patchoscope.semantics.sandbox.CommandOutcome;
import org.patchoscope.semantics.sandbox.ResourceLimits;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Runs the kernel's own build in the sandbox: source and toolchain read-only, only the output directory writable. */
final class Kbuild {
    static final Map<String, String> ENV = Map.of(
            "LC_ALL", "C",
            "HOME", "/tmp",
            "KBUILD_BUILD_TIMESTAMP", "2026-01-01",
            "KBUILD_BUILD_USER", "patchoscope",
            "KBUILD_BUILD_HOST", "patchoscope");

    private final Toolchain toolchain;
    private final Sandbox sandbox;
    private final int jobs;

    Kbuild(Toolchain toolchain, Sandbox sandbox, int jobs) {
        this.toolchain = toolchain;
        this.sandbox = sandbox;
        this.jobs = jobs;
    }

    CommandOutcome make(Path source, Path out, Arch arch, List<String> targets) {
        return run(source, out, arch, List.of("-s", "-j" + jobs), targets);
    }

    /** Lets Kbuild say what it would run; as one job, since the lines of several would run into each other. */
    CommandOutcome dryRun(Prepared prepared, List<String> targets) {
        return run(prepared.source(), prepared.out(), prepared.arch(), List.of("-n", "-s", "-j1"), targets);
    }

    private CommandOutcome run(Path source, Path out, Arch arch, List<String> how, List<String> targets) {
        List<String> argv = new ArrayList<>(List.of("make", "-k", "-C", source.toString()));
        argv.addAll(how);
        argv.addAll(List.of("O=" + out, "ARCH=" + arch.kbuildName(), "LLVM=" + toolchain.bin() + "/"));
        argv.addAll(targets);
        return sandbox.run(new Command(
                argv, source, List.of(source, toolchain.root()), List.of(out), ENV, ResourceLimits.kbuild()));
    }
}
