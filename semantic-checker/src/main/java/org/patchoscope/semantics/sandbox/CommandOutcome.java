// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

/** How a sandboxed command ended. */
public sealed interface CommandOutcome {
    /** The command ran to its end; both texts are complete, as more output than allowed is a limit of its own. */
    record Finished(int exit, String stdout, String stderr) implements CommandOutcome {}

    /** The command was killed because it took more than it may; {@code which} names the limit and its value. */
    record LimitExceeded(String which) implements CommandOutcome {}

    /** The command could not be started at all. */
    record Unavailable(String why) implements CommandOutcome {}
}
