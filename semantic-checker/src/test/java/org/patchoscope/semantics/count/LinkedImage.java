// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSymbol;
import org.patchoscope.config.EntryPaths.Cpu;

/**
 * A linked arm64 image whose alternatives are applied in the file, by the rules of the kernel's {@code
 * __apply_alternatives()} and not by the code under test: instructions are copied, branches out of the
 * replacement are moved.
 */
final class LinkedImage {
    private static final int NOP = 0xd503201f;
    private static final int CALLBACK = 1 << 15;

    private final byte[] bytes;
    private final ByteBuffer data;
    private final ElfFile elf;
    private final Map<String, Long> symbols = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    LinkedImage(Path file) throws IOException {
        bytes = Files.readAllBytes(file);
        data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        elf = ElfFile.from(bytes);
        for (ElfSymbol s : elf.getSymbolTableSection().symbols) {
            if (s.getName() != null && s.getBinding() == ElfSymbol.BINDING_GLOBAL) {
                symbols.put(s.getName(), s.st_value);
                names.put(s.st_value, s.getName());
            }
        }
    }

    long symbol(String name) {
        Long at = symbols.get(name);
        if (at == null) {
            throw new IllegalArgumentException("no symbol " + name);
        }
        return at;
    }

    /** The global symbol exactly at an address, or empty. */
    String name(long address) {
        return names.getOrDefault(address, "");
    }

    void write(Path file) throws IOException {
        Files.write(file, bytes);
    }

    private int file(long address) {
        for (int i = 1; i < elf.e_shnum; i++) {
            ElfSectionHeader h = elf.getSection(i).header;
            if (h.sh_addr != 0 && address >= h.sh_addr && address < h.sh_addr + h.sh_size) {
                return (int) (h.sh_offset + address - h.sh_addr);
            }
        }
        throw new IllegalArgumentException("nothing at " + Long.toHexString(address));
    }

    void applyAlternatives(Cpu cpu, Map<String, Long> macros) {
        Set<Long> present = new HashSet<>();
        cpu.features().forEach(f -> present.add(macros.get(f)));
        ElfSectionHeader table = elf.firstSectionByName(".altinstructions").header;
        for (long at = table.sh_addr; at < table.sh_addr + table.sh_size; at += 12) {
            int here = file(at);
            long site = at + data.getInt(here);
            long other = at + 4 + data.getInt(here + 4);
            int capability = data.getShort(here + 8) & 0xffff;
            int length = data.get(here + 10) & 0xff;
            if (!present.contains((long) (capability & ~CALLBACK))) {
                continue;
            }
            if ((capability & CALLBACK) != 0) {
                callback(cpu, name(other), site, length);
            } else {
                copy(site, other, length);
            }
        }
    }

    private void callback(Cpu cpu, String name, long site, int length) {
        String made = name.equals("alt_cb_patch_nops") ? "nop" : cpu.callbacks().getOrDefault(name, "");
        for (int i = 0; i < length; i += 4) {
            int at = file(site + i);
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
            int word = data.getInt(file(other + i));
            long target = other + i + distance(word);
            boolean leaves = distance(word) != 0 && (target < other || target > other + length);
            data.putInt(file(site + i), leaves ? withDistance(word, target - (site + i)) : word);
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
