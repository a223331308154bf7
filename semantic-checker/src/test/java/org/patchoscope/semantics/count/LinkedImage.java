// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSymbol;

/** A linked image whose code can be patched in the file. */
final class LinkedImage {
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

    /** Whether there is a global symbol of that name. */
    boolean has(String name) {
        return symbols.containsKey(name);
    }

    /** The global symbol exactly at an address, or empty. */
    String name(long address) {
        return names.getOrDefault(address, "");
    }

    void write(Path file) throws IOException {
        Files.write(file, bytes);
    }

    int file(long address) {
        for (int i = 1; i < elf.e_shnum; i++) {
            ElfSectionHeader h = elf.getSection(i).header;
            if (h.sh_addr != 0 && address >= h.sh_addr && address < h.sh_addr + h.sh_size) {
                return (int) (h.sh_offset + address - h.sh_addr);
            }
        }
        throw new IllegalArgumentException("nothing at " + Long.toHexString(address));
    }

    /** The file's bytes, to be changed in place. */
    ByteBuffer data() {
        return data;
    }

    boolean contains(String section) {
        return elf.firstSectionByName(section) != null;
    }

    /** The first address of a section, and the one behind it. */
    long[] section(String name) {
        ElfSectionHeader h = elf.firstSectionByName(name).header;
        return new long[] {h.sh_addr, h.sh_addr + h.sh_size};
    }
}
