// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.List;
import java.util.Map;
import org.patchoscope.config.ArchProfile;

/** Which macros of the tree name the bits of what: {@code _TIF_*} those of a thread's flags, and so on. */
record Flags(List<ArchProfile.FlagNames> families, Map<String, Long> macros) {
    Flags {
        families = List.copyOf(families);
        macros = Map.copyOf(macros);
    }

    /** Whether the bits of what is called {@code what} have names. */
    boolean named(String what) {
        return SignalSets.is(what) || families.stream().anyMatch(f -> isOf(f, what));
    }

    /** The macros that name bits of {@code mask}. */
    List<String> all(String what, long mask) {
        return names(what).stream()
                .filter(n -> (mask & n.getValue()) != 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Bits of {@code mask}, in order of value; what has no name is shown as a number. */
    String bits(String what, long mask) {
        long rest = mask;
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> n : names(what)) {
            if ((rest & n.getValue()) != 0) {
                text.append(text.isEmpty() ? "" : " | ").append(n.getKey());
                rest &= ~n.getValue();
            }
        }
        if (rest != 0 || text.isEmpty()) {
            String number = Long.bitCount(rest) == 1
                    ? "bit " + Long.numberOfTrailingZeros(rest)
                    : "0x" + Long.toHexString(rest);
            text.append(text.isEmpty() ? "" : " | ").append(number);
        }
        return text.toString();
    }

    private List<Map.Entry<String, Long>> names(String what) {
        return families.stream()
                .filter(f -> isOf(f, what))
                .findFirst()
                .map(f -> macros.entrySet().stream()
                        .filter(e -> f.names(e.getKey()))
                        .filter(e -> Long.bitCount(e.getValue()) == 1)
                        .sorted(Map.Entry.<String, Long>comparingByValue(Long::compareUnsigned)
                                .thenComparing(Map.Entry.comparingByKey()))
                        .toList())
                .orElseGet(() -> SignalSets.is(what) ? SignalSets.NAMES : List.of());
    }

    private static boolean isOf(ArchProfile.FlagNames family, String what) {
        return family.cells().stream().anyMatch(c -> what.equals(c) || what.startsWith(c + " "));
    }
}
