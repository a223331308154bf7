// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.review;

import java.util.List;

/**
 * How an entry of the processor leaves the kernel, derived from its assembly alone: calls of C return anything.
 *
 * @param entry the entry's symbol
 * @param changes exit instructions that are others than before
 * @param before the ways there were: exits by what is called on the way
 * @param after the ways there are
 * @param notFollowed why nothing is said, else empty
 */
public record ExitComparison(
        String entry, List<Change> changes, List<Way> before, List<Way> after, String notFollowed) {
    public ExitComparison {
        changes = List.copyOf(changes);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * A way.
     *
     * @param exit the exit instruction
     * @param calls what is called and not followed, in order
     * @param instructions executed, of the shortest such way
     * @param faults what is wrong with the machine at the exit, in words like {@code with interrupts on}
     */
    public record Way(String exit, List<String> calls, int instructions, List<String> faults) {
        public Way {
            calls = List.copyOf(calls);
            faults = List.copyOf(faults);
        }
    }

    /**
     * Another exit instruction under the same circumstances.
     *
     * @param conditions alternatives; each is a list of lines to be joined by "and"
     * @param before the way that was taken
     * @param after the way that is taken now
     * @param executed instructions executed on the two ways, by mnemonic
     */
    public record Change(List<List<String>> conditions, Way before, Way after, List<Review.Count> executed) {
        public Change {
            conditions = conditions.stream().map(List::copyOf).toList();
            executed = List.copyOf(executed);
        }
    }
}
