// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import org.patchoscope.semantics.sandbox.UnsandboxedRunner;

/** Where compilers run: in a sandbox, or outside of one if the user trusts the input. */
public record SandboxChoice(Workspace workspace, boolean trust) {
    public Sandbox sandbox() throws ReviewException {
        if (trust) {
            workspace.say("compiling without a sandbox: the input is trusted");
            return new UnsandboxedRunner();
        }
        return switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works s -> s.sandbox();
            case SandboxProbe.Result.Broken b ->
                throw new ReviewException(
                        ReviewException.Kind.NO_SANDBOX,
                        "no sandbox works here, and mailed patches are not compiled without one: " + b.why(),
                        "bubblewrap",
                        b.remedy() + "; or --trust-input for your own tree and patches");
        };
    }
}
