// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one path of an entry costs on one processor.
 *
 * @param entry the entry's name in the profile
 * @param cpu the processor's name in the profile
 * @param path the path's name in the profile
 * @param result the counts, or why there are none
 */
public record PathCount(String entry, String cpu, String path, Result result) {

    /** Either exact or not there at all. */
    public sealed interface Result {}

    /**
     * Every instruction from the first of the vector to the exit from the kernel, both counted.
     *
     * @param kinds instructions executed, by kind; kinds that do not occur are missing
     * @param outside what was called and is not counted itself, in order of the calls
     * @param exit the exit instruction
     * @param notes what the count leans on besides the profile, sorted
     */
    public record Counted(Map<InstructionKind, Integer> kinds, List<String> outside, String exit, List<String> notes)
            implements Result {
        public Counted {
            kinds = Map.copyOf(kinds);
            outside = List.copyOf(outside);
            notes = List.copyOf(notes);
        }

        /** All instructions executed. */
        public int instructions() {
            return kinds.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** Instructions of one kind. */
        public int of(InstructionKind kind) {
            return kinds.getOrDefault(kind, 0);
        }

        @Override
        public String toString() {
            return instructions() + ": "
                    + Arrays.stream(InstructionKind.values())
                            .filter(k -> of(k) > 0)
                            .map(k -> of(k) + " " + k.text())
                            .collect(Collectors.joining(", "))
                    + "; " + exit + "; outside " + outside;
        }
    }

    /** The path is not unique under the profile's conditions, or something on it could not be executed. */
    public record NotCounted(String reason) implements Result {}
}
