// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.sandbox.Command;
import org.patchoscope.semantics.sandbox.CommandOutcome;
import org.patchoscope.semantics.sandbox.ResourceLimits;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Runs the compiler with one object's flags on what a view shows. */
final class CompilerRun {
    private final Toolchain toolchain;
    private final Sandbox sandbox;

    CompilerRun(Toolchain toolchain, Sandbox sandbox) {
        this.toolchain = toolchain;
        this.sandbox = sandbox;
    }

    /**
     * Runs clang in the output directory.
     *
     * @param work the private directory of this job
     * @param extra flags and outputs of this run
     * @param input the file to compile
     */
    CommandOutcome run(View view, CompileCommand command, Work work, List<String> extra, Path input)
            throws IOException {
        Prepared prepared = view.prepared();
        List<String> argv = new ArrayList<>(List.of(toolchain.tool("clang").toString()));
        argv.addAll(command.flags());
        SortedMap<Path, byte[]> overlay = view.overlay();
        if (!overlay.isEmpty()) {
            Path yaml = Overlay.write(work.in(), overlay);
            argv.addAll(List.of("-ivfsoverlay", yaml.toString()));
        }
        // Lines of two trees must carry the same file names.
        argv.add("-fdebug-prefix-map=" + prepared.source() + "/=");
        argv.add("-fdebug-prefix-map=" + prepared.source() + "=.");
        argv.add("-fdebug-compilation-dir=.");
        argv.addAll(extra);
        argv.add(input.toString());
        return sandbox.run(new Command(
                argv,
                prepared.out(),
                List.of(prepared.source(), prepared.out(), toolchain.root(), work.in()),
                List.of(work.out()),
                Kbuild.ENV,
                ResourceLimits.compile()));
    }

    static boolean good(CommandOutcome outcome, Path result) {
        return outcome instanceof CommandOutcome.Finished f && f.exit() == 0 && CacheFiles.isPlain(result);
    }
}
