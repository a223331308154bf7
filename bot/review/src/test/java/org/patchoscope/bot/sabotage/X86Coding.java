// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.Optional;

/**
 * Where the parts of an instruction of x86-64 are.
 *
 * @param rex index of the REX prefix, or -1
 * @param opcode index of the last byte of the opcode
 * @param map 0 for opcodes of one byte, 0x0f, 0x38 or 0x3a
 * @param modrm index, or -1
 * @param displacement index, or -1
 * @param displacementLength in bytes
 * @param immediate index, or -1 where there is none
 */
record X86Coding(int rex, int opcode, int map, int modrm, int displacement, int displacementLength, int immediate) {
    private static final String PREFIXES = "66 f2 f3 2e 36 3e 26 64 65 f0 67";

    /** The parts of the instruction that {@code code} is; nothing of those coded with VEX. */
    static Optional<X86Coding> of(byte[] code) {
        int at = 0;
        while (at < code.length && PREFIXES.contains(String.format("%02x", code[at]))) {
            at++;
        }
        int rex = at < code.length && (code[at] & 0xf0) == 0x40 ? at++ : -1;
        int map = 0;
        if (at < code.length && code[at] == 0x0f) {
            map = 0x0f;
            at++;
            if (at < code.length && (code[at] == 0x38 || code[at] == 0x3a)) {
                map = code[at++];
            }
        }
        if (at >= code.length || map == 0 && ((code[at] & 255) == 0xc4 || (code[at] & 255) == 0xc5)) {
            return Optional.empty();
        }
        int opcode = at;
        int modrm = hasModrm(map, code[at] & 255) ? ++at : -1;
        if (modrm >= code.length) {
            return Optional.empty();
        }
        int length = 0;
        if (modrm >= 0) {
            int mod = (code[at] & 255) >> 6;
            int rm = code[at] & 7;
            boolean sib = mod != 3 && rm == 4;
            if (sib) {
                at++;
            }
            boolean absolute = mod == 0 && (rm == 5 || sib && at < code.length && (code[at] & 7) == 5);
            length = mod == 1 ? 1 : mod == 2 || absolute ? 4 : 0;
        }
        at++;
        int displacement = length == 0 ? -1 : at;
        at += length;
        return at > code.length
                ? Optional.empty()
                : Optional.of(new X86Coding(rex, opcode, map, modrm, displacement, length, at < code.length ? at : -1));
    }

    private static boolean hasModrm(int map, int op) {
        if (map == 0) {
            return op < 0x40 && (op & 7) < 4
                    || op == 0x63
                    || op == 0x69
                    || op == 0x6b
                    || op >= 0x80 && op <= 0x8f
                    || op == 0xc0
                    || op == 0xc1
                    || op == 0xc6
                    || op == 0xc7
                    || op >= 0xd0 && op <= 0xd3
                    || op >= 0xd8 && op <= 0xdf
                    || op == 0xf6
                    || op == 0xf7
                    || op == 0xfe
                    || op == 0xff;
        }
        if (map == 0x0f) {
            return !(op >= 5 && op <= 9
                    || op == 0x0b
                    || op >= 0x30 && op <= 0x37
                    || op == 0x77
                    || op >= 0x80 && op <= 0x8f
                    || op >= 0xa0 && op <= 0xa2
                    || op >= 0xa8 && op <= 0xaa
                    || op >= 0xc8 && op <= 0xcf);
        }
        return true;
    }
}
