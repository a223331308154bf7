// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.review;

import java.util.List;

/**
 * What is measured of the code before and after, whether the comparison came to a verdict or not.
 *
 * @param sizes of functions, in bytes
 * @param macros of the assembly sources whose code differs, changed ones first
 * @param cycles estimates for one expansion of macros that changed and whose code is straight; the kind names the CPU
 * @param lines of these sources that hold other instructions than before, outside of macros
 * @param notCounted assembly sources without counts, each with the reason
 * @param exits how entries made of these sources leave the kernel
 */
public record CodeCounts(
        Sizes sizes,
        List<MacroCount> macros,
        List<Review.Count> cycles,
        List<LineCount> lines,
        List<String> notCounted,
        List<ExitComparison> exits) {
    public CodeCounts {
        macros = List.copyOf(macros);
        cycles = List.copyOf(cycles);
        lines = List.copyOf(lines);
        notCounted = List.copyOf(notCounted);
        exits = List.copyOf(exits);
    }

    /** Nothing was built differently. */
    public static CodeCounts none() {
        return new CodeCounts(new Sizes(List.of(), 0, 0), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Whether there is anything to tell. */
    public boolean changed() {
        return !sizes.functions().isEmpty()
                || !lines.isEmpty()
                || !notCounted.isEmpty()
                || macros.stream().anyMatch(MacroCount::changed);
    }

    /**
     * Bytes of code.
     *
     * @param functions that differ in size, by name; one that is not there has none
     * @param before of all functions together
     * @param after of all functions together
     */
    public record Sizes(List<Review.Count> functions, long before, long after) {
        public Sizes {
            functions = List.copyOf(functions);
        }
    }

    /**
     * A macro, with the instructions that it puts into functions, macros within it included.
     *
     * @param object the object it is used in
     * @param before instructions of all expansions together
     * @param timesBefore how often it is expanded
     * @param contentBefore of one expansion ({@code 6 movq + 1 subq}); of each kind of expansion where they differ
     * @param change of all expansions together ({@code isb +2, nop -1})
     * @param functions that it is used in after the patch, or before where it is gone
     */
    public record MacroCount(
            String object,
            String name,
            int before,
            int after,
            int timesBefore,
            int timesAfter,
            String contentBefore,
            String contentAfter,
            String change,
            List<String> functions) {
        public MacroCount {
            functions = List.copyOf(functions);
        }

        /** Whether it holds something else, or is expanded more or less often. */
        public boolean changed() {
            return timesBefore != timesAfter || !contentBefore.equals(contentAfter);
        }
    }

    /**
     * A source line of a function; equal lines of one function count together.
     *
     * @param lineBefore number of the first such line, 0 if there is none
     * @param lineAfter the same after
     * @param text the line
     * @param before instructions
     * @param contentBefore instructions by mnemonic
     * @param change what is more and what is less of them
     */
    public record LineCount(
            String function,
            String file,
            int lineBefore,
            int lineAfter,
            String text,
            int before,
            int after,
            String contentBefore,
            String contentAfter,
            String change) {}
}
