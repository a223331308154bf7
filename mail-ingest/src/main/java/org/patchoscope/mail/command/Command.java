// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

/** What a person asks the bot to do with a series. */
public sealed interface Command {
    /** Review it again. */
    record Rerun() implements Command {}

    /**
     * Apply it to another base.
     *
     * @param ref a branch, tag or commit; only characters that are harmless in a file name and on a command line
     */
    record Base(String ref) implements Command {}

    /**
     * Say what remains under an assumption.
     *
     * @param name as the architecture's profile spells it
     */
    record Assume(String name) implements Command {}

    /**
     * Do not tell a finding again.
     *
     * @param finding its id, as the bot wrote it
     */
    record Dismiss(String finding, String reason) implements Command {}

    /** Write no more about this topic. */
    record Stop() implements Command {}

    /**
     * Meant as a command, but not one.
     *
     * @param why for the person who wrote it
     */
    record Unclear(String why) implements Command {}
}
