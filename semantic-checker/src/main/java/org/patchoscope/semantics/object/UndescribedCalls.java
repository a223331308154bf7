// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.util.Collections;
import java.util.List;

/**
 * Calls through pointers of which LLVM 20 writes no {@code DW_TAG_call_site}, so that nobody says what they pass: those
 * that go through a thunk, which are calls of a symbol without a declaration, and those of an entry of a table at a
 * fixed place, whose operand has no base register ({@code DwarfDebug::constructCallSiteEntryDIEs()} looks for one). In
 * tail position nothing makes LLVM load the entry first, so that such a jump stays undescribed.
 */
public final class UndescribedCalls {
    private static final String THUNK = "__x86_indirect_thunk_";

    private UndescribedCalls() {}

    /** Whether an x86-64 object that a compiler made may have such a call. */
    public static boolean mayBeIn(ObjectFile object) {
        return object.sections().stream()
                .filter(ObjectFile.Section::executable)
                .anyMatch(s ->
                        object.relocations().getOrDefault(s.index(), Collections.emptyNavigableMap()).values().stream()
                                .flatMap(List::stream)
                                .anyMatch(r -> r.symbol().startsWith(THUNK) || isOfTable(s.data(), r)));
    }

    /** {@code ff /2} with an index, no base and four bytes to be filled in (SDM vol. 2, 2.1.5 and CALL). */
    private static boolean isOfTable(byte[] code, ObjectFile.Relocation r) {
        int at = (int) r.offset();
        return r.type().equals("R_X86_64_32S")
                && at >= 3
                && code[at - 3] == (byte) 0xff
                && code[at - 2] == 0x14
                && (code[at - 1] & 7) == 5;
    }
}
