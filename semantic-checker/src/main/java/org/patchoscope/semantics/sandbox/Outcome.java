// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

/** How a sandboxed command ended. */
public sealed interface Outcome {
    /** The command ran to its end; both texts are complete, as more output than allowed is a limit of its own. */
    record Finished(int exit, String stdout, String stderr) implements Outcome {}

    /** The command was killed because it took more than it may; {@code which} names the limit and its value. */
    record LimitExceeded(String which) implements Outcome {}

    /** The command could not be started at all. */
    record Unavailable(String why) implements Outcome {}
}
