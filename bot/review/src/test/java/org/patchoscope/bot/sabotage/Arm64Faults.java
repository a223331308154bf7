// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.isa.Disassembler;

/** Faults in single instructions of arm64, made in the fields of their coding. */
final class Arm64Faults implements SiteFaults {
    private static final int NOP = 0xd503201f;

    private final Recoder recoder;

    Arm64Faults(Disassembler disassembler) {
        this.recoder = new Recoder(disassembler);
    }

    @Override
    public List<Fault> of(Site s) {
        List<Fault> all = new ArrayList<>();
        if (s.isNop()) {
            return all;
        }
        all.add(s.dropped(bytes(NOP)));
        int w = s.word();
        branches(s, w, all);
        system(s, w, all);
        if (s.relocations().isEmpty()) {
            constants(s, w, all);
            accesses(s, w, all);
        }
        ordering(s, w, all);
        if (!s.leaves()) {
            registers(s, w, all);
            same(s, w, all);
        }
        return all;
    }

    private void branches(Site s, int w, List<Fault> all) {
        if ((w & 0xff000010) == 0x54000000) {
            add(all, s, FaultKind.NEGATE, w ^ 1);
            add(all, s, FaultKind.CONDITION, w ^ 2);
            add(all, s, FaultKind.CONDITION, w ^ 8);
        }
        if ((w & 0x7e000000) == 0x34000000) {
            add(all, s, FaultKind.NEGATE, w ^ 1 << 24);
            add(all, s, FaultKind.WIDTH, w ^ 1 << 31);
            add(all, s, FaultKind.REGISTER, w ^ 1);
        }
        if ((w & 0x7e000000) == 0x36000000) {
            add(all, s, FaultKind.NEGATE, w ^ 1 << 24);
            add(all, s, FaultKind.BIT, w ^ 1 << 19);
            add(all, s, FaultKind.BIT, w ^ 4 << 19);
            add(all, s, FaultKind.REGISTER, w ^ 1);
        }
        if ((w & 0x1fe00000) == 0x1a800000) {
            add(all, s, FaultKind.CONDITION, w ^ 1 << 12);
            add(all, s, FaultKind.CONDITION, w ^ 2 << 12);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 10);
        }
        if ((w & 0x1fe00000) == 0x1a400000) {
            add(all, s, FaultKind.CONDITION, w ^ 1 << 12);
            add(all, s, FaultKind.IMMEDIATE, w ^ 4);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 30);
        }
    }

    private void system(Site s, int w, List<Fault> all) {
        boolean mask = (w & 0xfffff0df) == 0xd50340df;
        boolean barrier = (w & 0xfffff01f) == 0xd503301f && s.isBarrier();
        if (mask) {
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 8);
            add(all, s, FaultKind.IMMEDIATE, w ^ 2 << 8);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 5);
        }
        if (barrier) {
            add(all, s, FaultKind.OPERATION, w ^ 1 << 8);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 5);
        }
        if ((w & 0xffd00000) == 0xd5100000) {
            add(all, s, FaultKind.REGISTER, w ^ 1);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 5);
        }
    }

    private void constants(Site s, int w, List<Fault> all) {
        if ((w & 0x1f800000) == 0x11000000) {
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 10);
            add(all, s, FaultKind.IMMEDIATE, w ^ 16 << 10);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 30);
        }
        if ((w & 0x1f800000) == 0x12000000) {
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 16);
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 10);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 29);
            add(all, s, FaultKind.OPERATION, w ^ 1 << 30);
        }
        if ((w & 0x1f800000) == 0x12800000) {
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 5);
            add(all, s, FaultKind.IMMEDIATE, w ^ 64 << 5);
        }
        if ((w & 0x1f000000) == 0x0a000000 || (w & 0x1f200000) == 0x0b000000) {
            add(all, s, FaultKind.OPERATION, w ^ 1 << 30);
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 10);
        }
        if ((w & 0x1f800000) == 0x13000000) {
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 16);
            add(all, s, FaultKind.IMMEDIATE, w ^ 1 << 10);
        }
    }

    private void accesses(Site s, int w, List<Fault> all) {
        if ((w & 0x3b000000) == 0x39000000) {
            add(all, s, FaultKind.OFFSET, w ^ 1 << 10);
            add(all, s, FaultKind.OFFSET, w ^ 4 << 10);
            add(all, s, FaultKind.WIDTH, w ^ 1 << 30);
            add(all, s, FaultKind.WIDTH, w ^ 1 << 31);
        }
        if ((w & 0x3b200000) == 0x38000000) {
            add(all, s, FaultKind.OFFSET, w ^ 8 << 12);
            add(all, s, FaultKind.WIDTH, w ^ 1 << 30);
        }
        if ((w & 0x3a000000) == 0x28000000) {
            add(all, s, FaultKind.OFFSET, w ^ 1 << 15);
            add(all, s, FaultKind.OFFSET, w ^ 2 << 15);
            add(all, s, FaultKind.REGISTER, swapped(w, 0, 10));
        }
    }

    private void ordering(Site s, int w, List<Fault> all) {
        if ((w & 0x3f000000) == 0x08000000) {
            add(all, s, FaultKind.UNORDERED, w ^ 1 << 15);
        }
        if ((w & 0x3f200c00) == 0x38200000) {
            add(all, s, FaultKind.UNORDERED, w ^ 1 << 22);
            add(all, s, FaultKind.UNORDERED, w ^ 1 << 23);
        }
    }

    private void registers(Site s, int w, List<Fault> all) {
        for (int low : new int[] {0, 5, 16}) {
            for (int flip : new int[] {1, 2, 8}) {
                recoder.otherRegister(s, bytes(w ^ flip << low)).ifPresent(all::add);
            }
        }
    }

    private void same(Site s, int w, List<Fault> all) {
        boolean plain = (w & 0x1f20fc00) == 0x0b000000 && (w & 1 << 30) == 0 || (w & 0x1f20fc00) == 0x0a000000;
        if (plain && (w >> 16 & 31) != (w >> 5 & 31)) {
            add(all, s, FaultKind.SAME_OPERATION, swapped(w, 5, 16));
        }
        boolean move = (w & 0x7fe0ffe0) == 0x2a0003e0;
        int from = w >> 16 & 31;
        if (move && from != 31 && (w & 31) != 31) {
            add(all, s, FaultKind.SAME_OPERATION, w & 1 << 31 | 0x11000000 | from << 5 | w & 31);
        }
        if ((w & 0x7f800000) == 0x52800000 && (w >> 5 & 0xffff) == 0 && (w & 31) != 31) {
            add(all, s, FaultKind.SAME_OPERATION, w & 1 << 31 | 0x2a1f03e0 | w & 31);
        }
    }

    private static int swapped(int w, int one, int two) {
        int a = w >> one & 31;
        int b = w >> two & 31;
        return w & ~(31 << one | 31 << two) | a << two | b << one;
    }

    private void add(List<Fault> all, Site s, FaultKind kind, int word) {
        if (word != s.word()) {
            Optional<Fault> f = recoder.other(s, kind, bytes(word));
            f.ifPresent(all::add);
        }
    }

    private static byte[] bytes(int w) {
        return new byte[] {(byte) w, (byte) (w >> 8), (byte) (w >> 16), (byte) (w >> 24)};
    }
}
