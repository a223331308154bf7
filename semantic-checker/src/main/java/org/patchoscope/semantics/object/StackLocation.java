// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a frame a variable begins, from one DWARF location description (DWARF 5, 2.6.1) as
 * {@code llvm-dwarfdump} writes it. A variable that the compiler has taken apart is described in pieces;
 * one piece in memory tells where all of it is.
 *
 * @param offset in bytes from the base
 * @param register DWARF number of the base, or {@link #FRAME} for the function's frame base
 */
record StackLocation(long offset, int register) {
    static final int FRAME = -1;

    // arm64: 31 is sp, 29 the frame pointer; x86-64: 7 is rsp, 6 is rbp
    private static final Pattern IN_MEMORY = Pattern.compile(
            "DW_OP_(?:fbreg ([+-]\\d+)|breg(31|29|7|6) \\w+([+-]\\d+))(?:, DW_OP_plus_uconst 0x([0-9a-f]+))?");
    private static final Pattern PIECE = Pattern.compile("(?:^|, )DW_OP_piece 0x([0-9a-f]+)(?:, |$)");

    /** The place that one of {@code descriptions} gives, or null if none does. */
    static @Nullable StackLocation of(List<String> descriptions) {
        for (String d : descriptions) {
            StackLocation found = of(d);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable StackLocation of(String description) {
        Matcher piece = PIECE.matcher(description);
        int from = 0;
        long before = 0;
        while (piece.find(from)) {
            StackLocation found = whole(description.substring(from, piece.start()), before);
            if (found != null) {
                return found;
            }
            before += Long.parseLong(piece.group(1), 16);
            from = piece.end();
        }
        return whole(description.substring(from), before);
    }

    private static @Nullable StackLocation whole(String operations, long before) {
        Matcher m = IN_MEMORY.matcher(operations);
        if (!m.matches()) {
            return null;
        }
        long more = m.group(4) == null ? 0 : Long.parseLong(m.group(4), 16);
        return m.group(1) != null
                ? new StackLocation(Long.parseLong(m.group(1)) + more - before, FRAME)
                : new StackLocation(Long.parseLong(m.group(3)) + more - before, Integer.parseInt(m.group(2)));
    }
}
