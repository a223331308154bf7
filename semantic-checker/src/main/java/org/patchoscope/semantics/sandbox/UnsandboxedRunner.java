// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the limits but isolates nothing: for {@code --trust-input}, when a person vouches for the patches. A service
 * must never use it.
 */
public final class UnsandboxedRunner implements Sandbox {
    @Override
    public CommandOutcome run(Command command) {
        List<String> argv = new ArrayList<>(Supervised.limitPrefix(command.limits()));
        argv.addAll(command.argv());
        return new Supervised(command).run(argv, command.workingDir());
    }
}
