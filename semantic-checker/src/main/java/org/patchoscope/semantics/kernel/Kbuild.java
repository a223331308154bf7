// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.sandbox.Command;
import org.patchoscope.semantics.sandbox.Limits;
import org.patchoscope.semantics.sandbox.Outcome;
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

    Outcome make(Path source, Path out, Arch arch, List<String> targets) {
        List<String> argv = new ArrayList<>(List.of("make", "-s", "-k", "-j" + jobs, "-C", source.toString()));
        argv.addAll(List.of("O=" + out, "ARCH=" + arch.kbuildName(), "LLVM=" + toolchain.bin() + "/"));
        argv.addAll(targets);
        return sandbox.run(
                new Command(argv, source, List.of(source, toolchain.root()), List.of(out), ENV, Limits.kbuild()));
    }
}
