// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.patchoscope.config.EntryPaths.Cpu;

/**
 * Applies the alternatives of a linked arm64 image by the rules of the kernel's {@code __apply_alternatives()}
 * and not by the code under test: instructions are copied, branches out of the replacement are moved.
 */
final class Arm64Patching {
    private static final int NOP = 0xd503201f;
    private static final int CALLBACK = 1 << 15;

    private final LinkedImage image;
    private final ByteBuffer data;
    private final Cpu cpu;
    private final Map<String, Long> macros;

    Arm64Patching(LinkedImage image, Cpu cpu, Map<String, Long> macros) {
        this.image = image;
        this.data = image.data();
        this.cpu = cpu;
        this.macros = macros;
    }

    void apply() {
        Set<Long> present = new HashSet<>();
        cpu.features().forEach(f -> present.add(macros.get(f)));
        long[] table = image.section(".altinstructions");
        for (long at = table[0]; at < table[1]; at += 12) {
            int here = image.file(at);
            long site = at + data.getInt(here);
            long other = at + 4 + data.getInt(here + 4);
            int capability = data.getShort(here + 8) & 0xffff;
            int length = data.get(here + 10) & 0xff;
            if (!present.contains((long) (capability & ~CALLBACK))) {
                continue;
            }
            if ((capability & CALLBACK) != 0) {
                callback(image.name(other), site, length);
            } else {
                copy(site, other, length);
            }
        }
    }

    private void callback(String name, long site, int length) {
        String made = name.equals("alt_cb_patch_nops") ? "nop" : cpu.callbacks().getOrDefault(name, "");
        for (int i = 0; i < length; i += 4) {
            int at = image.file(site + i);
            switch (made) {
                case "" -> {}
                // There is no firmware on the emulated machine: its call is one instruction that does nothing.
                case "nop", "firmware" -> data.putInt(at, NOP);
                // movz: the immediate is in bits 20:5 (Arm ARM, C6.2, MOVZ)
                default -> data.putInt(at, data.getInt(at) & ~(0xffff << 5) | Integer.parseInt(made) << 5);
            }
        }
    }

    private void copy(long site, long other, int length) {
        for (int i = 0; i < length; i += 4) {
            int word = data.getInt(image.file(other + i));
            long target = other + i + distance(word);
            boolean leaves = distance(word) != 0 && (target < other || target > other + length);
            data.putInt(image.file(site + i), leaves ? withDistance(word, target - (site + i)) : word);
        }
    }

    // Encodings: Arm ARM, C4.1.86 "Branches, Exception Generating and System instructions".
    private static boolean isJump(int word) {
        return (word & 0x7c000000) == 0x14000000;
    }

    private static boolean isConditional(int word) {
        return (word & 0xff000010) == 0x54000000 || (word & 0x7e000000) == 0x34000000;
    }

    private static boolean isBitTest(int word) {
        return (word & 0x7e000000) == 0x36000000;
    }

    private static long distance(int word) {
        if (isJump(word)) {
            return (long) (word << 6 >> 6) * 4;
        }
        if (isConditional(word)) {
            return (long) (word << 8 >> 13) * 4;
        }
        return isBitTest(word) ? (long) (word << 13 >> 18) * 4 : 0;
    }

    private static int withDistance(int word, long bytes) {
        int words = (int) (bytes / 4);
        if (isJump(word)) {
            return word & 0xfc000000 | words & 0x03ffffff;
        }
        if (isConditional(word)) {
            return word & ~(0x7ffff << 5) | (words & 0x7ffff) << 5;
        }
        return word & ~(0x3fff << 5) | (words & 0x3fff) << 5;
    }
}
