// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectFile.Place;

/**
 * What objects say of where code may be instrumented: the sections, and the places of {@code instrumentation_begin()} and
 * {@code instrumentation_end()}. Sources: include/linux/annotate.h and objtool_types.h (7.2), include/linux/instrumentation.h
 * (6.1), tools/objtool/check.c.
 */
final class InstrumentationMarks {
    private static final Set<String> UNINSTRUMENTED = Set.of(".noinstr.text", ".entry.text", ".cpuidle.text");
    private static final String THUNKS = ".text..__x86.";

    /** {@code ANNOTYPE_INSTR_BEGIN} and {@code ANNOTYPE_INSTR_END}. */
    private static final int BEGIN = 3;

    private static final int END = 4;

    private InstrumentationMarks() {}

    /** Whether code in a section of that name must not be instrumented. */
    static boolean isUninstrumented(String section) {
        return UNINSTRUMENTED.contains(section);
    }

    /** Whether a function may be called anywhere, as objtool has it; the rest of a function is no other one. */
    static boolean isExempt(String function, String section) {
        return section.startsWith(THUNKS)
                || isUninstrumented(section)
                || function.contains(".cold")
                || function.startsWith("__SCT__")
                || function.startsWith("__ubsan_handle_")
                || function.startsWith("__x86_indirect_")
                || function.startsWith("__x86_return_");
    }

    /** By how much each marked instruction changes how deep code is within what allows instrumentation. */
    static Map<Place, Integer> of(ObjectFile o) {
        Map<Place, Integer> marks = new HashMap<>();
        for (ObjectFile.Section s : o.sections()) {
            switch (s.name()) {
                case ".discard.annotate_insn" -> typed(o, s, marks);
                case ".discard.instr_begin" -> all(o, s, 1, marks);
                case ".discard.instr_end" -> all(o, s, -1, marks);
                default -> {}
            }
        }
        return Map.copyOf(marks);
    }

    /** Entries are a place and a type, of four bytes each. */
    private static void typed(ObjectFile o, ObjectFile.Section s, Map<Place, Integer> into) {
        ByteBuffer b = ByteBuffer.wrap(s.data()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 8 <= s.data().length; at += 8) {
            int type = b.getInt(at + 4);
            if (type == BEGIN || type == END) {
                mark(o.relocationsIn(s.index(), at, 4), type == BEGIN ? 1 : -1, into);
            }
        }
    }

    private static void all(ObjectFile o, ObjectFile.Section s, int by, Map<Place, Integer> into) {
        mark(o.relocationsIn(s.index(), 0, s.data().length), by, into);
    }

    private static void mark(List<ObjectFile.Relocation> places, int by, Map<Place, Integer> into) {
        for (ObjectFile.Relocation r : places) {
            Place place = r.definedAt();
            if (place != null) {
                into.merge(place, by, Integer::sum);
            }
        }
    }
}
