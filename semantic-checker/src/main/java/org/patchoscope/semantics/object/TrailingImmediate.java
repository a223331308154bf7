// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.util.Set;

/**
 * How many bytes of an x86 instruction lie behind a displacement relative to the instruction pointer: those of
 * an immediate operand, if its opcode has one. Source: SDM vol. 2, appendix A, tables.
 */
final class TrailingImmediate {
    private static final int OPERAND_SIZE = 0x66;
    private static final Set<Integer> BYTE = Set.of(0x80, 0x83, 0xc0, 0xc1, 0xc6, 0x6b);
    private static final Set<Integer> WORD = Set.of(0x81, 0xc7, 0x69);
    private static final Set<Integer> BYTE_IN_SECOND_MAP = Set.of(0xba, 0xa4, 0xac, 0xc2, 0xc4, 0xc5, 0xc6);

    private TrailingImmediate() {}

    /** For the four-byte field at {@code at}, with its opcode and the byte of its addressing form before it. */
    static int bytes(byte[] code, int at) {
        if (at < 2 || (code[at - 1] & 0xc7) != 5) {
            return 0;
        }
        int opcode = code[at - 2] & 0xff;
        boolean second = at >= 3 && code[at - 3] == 0x0f;
        if (second) {
            return BYTE_IN_SECOND_MAP.contains(opcode) ? 1 : 0;
        }
        int form = code[at - 1] >> 3 & 7;
        boolean test = (opcode == 0xf6 || opcode == 0xf7) && form < 2;
        if (BYTE.contains(opcode) || test && opcode == 0xf6) {
            return 1;
        }
        return WORD.contains(opcode) || test ? word(code, at) : 0;
    }

    /** Two bytes with an operand-size prefix, which stands before a REX prefix if there is one. */
    private static int word(byte[] code, int at) {
        boolean rex = at >= 3 && (code[at - 3] & 0xf0) == 0x40;
        boolean wide = rex && (code[at - 3] & 8) != 0;
        int prefix = rex ? at - 4 : at - 3;
        boolean gs = prefix >= 0 && (code[prefix] == 0x65 || code[prefix] == 0x64);
        int before = gs ? prefix - 1 : prefix;
        return !wide && before >= 0 && (code[before] & 0xff) == OPERAND_SIZE ? 2 : 4;
    }
}
