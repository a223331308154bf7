// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import org.patchoscope.semantics.sandbox.CommandOutcome;

/** Turns a command's end into the outcome of a build, and long logs into their telling parts. */
public final class Logs {
    private static final int MAX = 16_000;

    private Logs() {}

    /** The outcome of a command that did not deliver. */
    public static CompileOutcome failure(CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Finished f ->
                new CompileOutcome.Failed(firstError(f.stderr()), shorten(f.stderr() + f.stdout()));
            case CommandOutcome.LimitExceeded l -> new CompileOutcome.LimitExceeded(l.which());
            case CommandOutcome.Unavailable u -> new CompileOutcome.Refused("cannot run the build: " + u.why());
        };
    }

    public static String text(CompileOutcome outcome) {
        return switch (outcome) {
            case CompileOutcome.Failed f -> f.firstError() + "\n" + f.log();
            case CompileOutcome.Absent a -> a.why();
            case CompileOutcome.LimitExceeded l -> l.which();
            case CompileOutcome.NotIncluded n -> n.why();
            case CompileOutcome.Refused r -> r.why();
            case CompileOutcome.Compiled c -> c.contentKey();
        };
    }

    public static String firstError(String log) {
        return log.lines()
                .filter(line -> line.contains("error:") || line.contains("Error ") || line.contains("***"))
                .findFirst()
                .or(() -> log.lines().filter(line -> !line.isBlank()).findFirst())
                .orElse("the tool gave no reason");
    }

    private static String shorten(String log) {
        return log.length() <= MAX
                ? log
                : log.substring(0, MAX / 2) + "\n[...]\n" + log.substring(log.length() - MAX / 2);
    }
}
