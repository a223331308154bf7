// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.patchoscope.semantics.isa.Disassembler;

/** Faults in single instructions of x86-64, made in the parts of their coding. */
final class X86Faults implements SiteFaults {
    private static final byte[][] NOPS = {
        {},
        {(byte) 0x90},
        {0x66, (byte) 0x90},
        {0x0f, 0x1f, 0x00},
        {0x0f, 0x1f, 0x40, 0},
        {0x0f, 0x1f, 0x44, 0, 0},
        {0x66, 0x0f, 0x1f, 0x44, 0, 0},
        {0x0f, 0x1f, (byte) 0x80, 0, 0, 0, 0},
        {0x0f, 0x1f, (byte) 0x84, 0, 0, 0, 0, 0},
    };

    private static final int LOCK = 0xf0;
    /** The prefix of the data segment, which changes nothing. */
    private static final int SEGMENT = 0x3e;

    private final Recoder recoder;

    X86Faults(Disassembler disassembler) {
        this.recoder = new Recoder(disassembler);
    }

    @Override
    public List<Fault> of(Site s) {
        List<Fault> all = new ArrayList<>();
        if (s.isNop()) {
            return all;
        }
        all.add(s.dropped(nops(s.code().length)));
        if ((s.code()[0] & 255) == LOCK) {
            flip(all, s, FaultKind.UNORDERED, 0, LOCK ^ SEGMENT);
        }
        X86Coding.of(s.code()).ifPresent(c -> {
            conditions(s, c, all);
            constants(s, c, all);
            operations(s, c, all);
            if (!s.leaves()) {
                registers(s, c, all);
                same(s, c, all);
            }
        });
        return all;
    }

    private static byte[] nops(int length) {
        byte[] all = new byte[length];
        int at = 0;
        while (at < length) {
            byte[] nop = NOPS[Math.min(8, length - at)];
            System.arraycopy(nop, 0, all, at, nop.length);
            at += nop.length;
        }
        return all;
    }

    private void conditions(Site s, X86Coding c, List<Fault> all) {
        int op = s.code()[c.opcode()] & 255;
        boolean jump = c.map() == 0 && op >> 4 == 7 || c.map() == 0x0f && op >> 4 == 8;
        boolean other = c.map() == 0x0f && (op >> 4 == 9 || op >> 4 == 4);
        if (jump) {
            flip(all, s, FaultKind.NEGATE, c.opcode(), 1);
            flip(all, s, FaultKind.CONDITION, c.opcode(), 2);
            flip(all, s, FaultKind.CONDITION, c.opcode(), 8);
        }
        if (other) {
            flip(all, s, FaultKind.CONDITION, c.opcode(), 1);
            flip(all, s, FaultKind.CONDITION, c.opcode(), 2);
        }
    }

    private void constants(Site s, X86Coding c, List<Fault> all) {
        if (c.immediate() >= 0 && !s.leaves() && free(s, c.immediate())) {
            boolean bits = c.map() == 0x0f && (s.code()[c.opcode()] & 255) == 0xba;
            for (int flip : new int[] {1, 4, 32}) {
                flip(all, s, bits ? FaultKind.BIT : FaultKind.IMMEDIATE, c.immediate(), flip);
            }
            if (s.code().length - c.immediate() == 4) {
                flip(all, s, FaultKind.IMMEDIATE, c.immediate() + 2, 1);
            }
        }
        if (c.displacement() >= 0 && free(s, c.displacement())) {
            flip(all, s, FaultKind.OFFSET, c.displacement(), 8);
            flip(all, s, FaultKind.OFFSET, c.displacement(), 1);
            flip(all, s, FaultKind.OFFSET, c.displacement(), 32);
        }
    }

    private void operations(Site s, X86Coding c, List<Fault> all) {
        int op = s.code()[c.opcode()] & 255;
        if (c.map() == 0 && op < 0x40 && (op & 7) < 6) {
            flip(all, s, FaultKind.OPERATION, c.opcode(), 8);
            flip(all, s, FaultKind.OPERATION, c.opcode(), 0x20);
        }
        if (c.map() == 0 && (op == 0x80 || op == 0x81 || op == 0x83)) {
            flip(all, s, FaultKind.OPERATION, c.modrm(), 8);
            flip(all, s, FaultKind.OPERATION, c.modrm(), 0x20);
        }
        if (c.map() == 0x0f && (op & 0xe7) == 0xa3 || c.map() == 0 && op == 0xfa || c.map() == 0 && op == 0xfb) {
            flip(all, s, FaultKind.OPERATION, c.opcode(), c.map() == 0 ? 1 : 8);
        }
        boolean both = c.map() == 0
                && (op < 0x40 && (op & 7) < 4 || op >= 0x84 && op <= 0x8b || op == 0xc7 || op == 0xf7 || op == 0xc1);
        if (both && op != 0xc7) {
            flip(all, s, FaultKind.WIDTH, c.opcode(), 1);
        }
        if (c.rex() >= 0) {
            flip(all, s, FaultKind.WIDTH, c.rex(), 8);
        }
        if (c.map() == 0x0f && (op == 0xb6 || op == 0xb7 || op == 0xbe || op == 0xbf)) {
            flip(all, s, FaultKind.WIDTH, c.opcode(), 1);
            flip(all, s, FaultKind.OPERATION, c.opcode(), 8);
        }
    }

    private void registers(Site s, X86Coding c, List<Fault> all) {
        if (c.modrm() < 0) {
            boolean inOpcode = c.map() == 0 && (s.code()[c.opcode()] & 0xf0) == 0x50;
            boolean move = c.map() == 0 && (s.code()[c.opcode()] & 0xf8) == 0xb8;
            if (inOpcode || move) {
                register(all, s, c.opcode(), 1);
                register(all, s, c.opcode(), 2);
            }
            return;
        }
        for (int flip : new int[] {1, 2, 8, 16}) {
            register(all, s, c.modrm(), flip);
        }
        if (c.rex() >= 0) {
            register(all, s, c.rex(), 1);
            register(all, s, c.rex(), 4);
        }
    }

    private void same(Site s, X86Coding c, List<Fault> all) {
        int op = s.code()[c.opcode()] & 255;
        boolean registers = c.modrm() >= 0 && (s.code()[c.modrm()] & 0xc0) == 0xc0;
        if (c.map() != 0 || !registers) {
            return;
        }
        int reg = s.code()[c.modrm()] >> 3 & 7;
        int rm = s.code()[c.modrm()] & 7;
        int rex = c.rex() < 0 ? 0 : s.code()[c.rex()] & 15;
        boolean one = reg == rm && (rex >> 2 & 1) == (rex & 1);
        // Of 32 bits the one clears the upper half of the register, and the other does not.
        if ((op == 0x85 && (rex & 8) != 0 || op == 0x84) && one) {
            replace(all, s, c.opcode(), op == 0x85 ? 0x09 : 0x08);
            replace(all, s, c.opcode(), op == 0x85 ? 0x21 : 0x20);
        }
        if (op == 0x31 && one) {
            replace(all, s, c.opcode(), 0x29);
        }
        if (op < 0x40 && (op & 7) < 4 || op >= 0x88 && op <= 0x8b) {
            byte[] other = s.code().clone();
            other[c.opcode()] ^= 2;
            other[c.modrm()] = (byte) (0xc0 | rm << 3 | reg);
            if (c.rex() >= 0) {
                other[c.rex()] = (byte) (other[c.rex()] & ~5 | (rex >> 2 & 1) | (rex & 1) << 2);
            }
            recoder.other(s, FaultKind.SAME_CODING, other).ifPresent(all::add);
        }
    }

    private void replace(List<Fault> all, Site s, int at, int value) {
        byte[] other = s.code().clone();
        other[at] = (byte) value;
        recoder.other(s, FaultKind.SAME_OPERATION, other).ifPresent(all::add);
    }

    private void flip(List<Fault> all, Site s, FaultKind kind, int at, int bits) {
        recoder.other(s, kind, flipped(s, at, bits)).ifPresent(all::add);
    }

    private void register(List<Fault> all, Site s, int at, int bits) {
        recoder.otherRegister(s, flipped(s, at, bits)).ifPresent(all::add);
    }

    private static byte[] flipped(Site s, int at, int bits) {
        byte[] other = Arrays.copyOf(s.code(), s.code().length);
        other[at] ^= (byte) bits;
        return other;
    }

    /** Whether no relocation writes there. */
    private static boolean free(Site s, int at) {
        return s.relocations().stream().noneMatch(r -> {
            long from = r.offset() - s.offset();
            return from <= at && at < from + 8;
        });
    }
}
