// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfRelocationAddend;
import net.fornwall.jelf.ElfRelocationAddendSection;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;

/**
 * Reads ELF64 little-endian relocatable objects of both architectures with jelf. Relocations against
 * sections are given the name of the symbol they point into, and string literals the name of their
 * text, so that the same reference has the same name before and after a patch moved things about.
 */
public final class ObjectReader {
    private static final int SHF_WRITE = 1;
    private static final int SHF_EXECINSTR = 4;
    private static final int SHT_NOBITS = 8;

    /** Sections of mergeable literals, with the bytes of a character. */
    private static final Pattern LITERALS = Pattern.compile("\\.str(\\d+)\\.");

    /**
     * Reads one object.
     *
     * @throws ObjectException if the file is not a relocatable ELF object this reader understands
     */
    public ObjectFile read(String name, Path file) throws ObjectException {
        try {
            return new Reading(name, ElfFile.from(file)).result();
        } catch (IOException | ElfException | IndexOutOfBoundsException e) {
            throw new ObjectException("cannot read object " + name + " (" + file + "): " + e.getMessage(), e);
        }
    }

    private static final class Reading {
        private final String name;
        private final ElfFile elf;
        private final List<ObjectFile.Section> sections = new ArrayList<>();
        private final List<ObjectFile.Symbol> byIndex = new ArrayList<>();
        private final Map<String, ObjectFile.Symbol> symbols = new LinkedHashMap<>();
        private final Map<String, ObjectFile.Function> functions = new LinkedHashMap<>();
        private final Map<Integer, NavigableMap<Long, List<ObjectFile.Relocation>>> relocations = new LinkedHashMap<>();

        Reading(String name, ElfFile elf) {
            this.name = name;
            this.elf = elf;
        }

        ObjectFile result() {
            readSections();
            readSymbols();
            for (ElfRelocationAddendSection s : elf.sectionsOfType(ElfRelocationAddendSection.class)) {
                readRelocations(s);
            }
            KernelTables tables = new KernelTables(sections, relocations, elf.e_machine == ElfFile.ARCH_AARCH64);
            return new ObjectFile(
                    name,
                    List.copyOf(sections),
                    Collections.unmodifiableMap(functions),
                    Collections.unmodifiableMap(symbols),
                    Collections.unmodifiableMap(relocations),
                    tables.staticKeys(),
                    tables.alternatives(),
                    tables.bugs(),
                    tables.fixups(),
                    new CodeIndex(functions.values()));
        }

        private void readSections() {
            for (int i = 0; i < elf.e_shnum; i++) {
                ElfSection s = elf.getSection(i);
                ElfSectionHeader h = s.header;
                boolean code = (h.sh_flags & SHF_EXECINSTR) != 0;
                String sectionName = i == 0 ? "" : h.getName();
                boolean wanted = i != 0 && h.sh_type != SHT_NOBITS && !sectionName.startsWith(".debug");
                byte[] data = wanted ? s.getData() : new byte[0];
                sections.add(new ObjectFile.Section(i, sectionName, data, code, (h.sh_flags & SHF_WRITE) != 0));
            }
        }

        private void readSymbols() {
            ElfSymbolTableSection table = elf.getSymbolTableSection();
            for (ElfSymbol s : table.symbols) {
                int section = s.st_shndx & 0xffff;
                String symbolName = s.st_name == 0 ? "" : s.getName();
                boolean global = s.getBinding() != ElfSymbol.BINDING_LOCAL;
                var symbol = new ObjectFile.Symbol(
                        symbolName,
                        section < sections.size() ? section : 0,
                        s.st_value,
                        s.st_size,
                        global,
                        s.getBinding() == ElfSymbol.BINDING_WEAK);
                byIndex.add(symbol);
                boolean mapping = symbolName.startsWith("$") || symbolName.startsWith(".L");
                if (symbolName.isEmpty() || mapping || s.getType() == ElfSymbol.STT_FILE) {
                    continue;
                }
                symbols.putIfAbsent(symbolName, symbol);
                addFunction(s, symbol);
            }
        }

        private void addFunction(ElfSymbol s, ObjectFile.Symbol symbol) {
            boolean code =
                    symbol.section() != 0 && sections.get(symbol.section()).executable();
            if (code && symbol.size() > 0 && s.getType() != ElfSymbol.STT_SECTION) {
                functions.putIfAbsent(
                        symbol.name(),
                        new ObjectFile.Function(
                                symbol.name(), symbol.section(), symbol.offset(), symbol.size(), symbol.global()));
            }
        }

        private void readRelocations(ElfRelocationAddendSection table) {
            int target = table.header.sh_info;
            if (target >= sections.size() || sections.get(target).name().startsWith(".debug")) {
                return;
            }
            NavigableMap<Long, List<ObjectFile.Relocation>> map = new TreeMap<>();
            ObjectFile.Section section = sections.get(target);
            for (ElfRelocationAddend r : table.relocations) {
                map.computeIfAbsent(r.r_offset, o -> new ArrayList<>()).add(relocation(section, r));
            }
            relocations.put(target, Collections.unmodifiableNavigableMap(map));
        }

        /** In code, relative addends make up for the bytes from their field to the instruction's end. */
        private static long bias(ObjectFile.Section section, String type, long at) {
            if (!RelocationTypes.isX86Relative(type) || !section.executable()) {
                return 0;
            }
            return 4L + TrailingImmediate.bytes(section.data(), (int) at);
        }

        private ObjectFile.Relocation relocation(ObjectFile.Section section, ElfRelocationAddend r) {
            String type = RelocationTypes.name(elf.e_machine, (int) r.getType());
            ObjectFile.Symbol s = byIndex.get(r.getSymbolIndex());
            long addend = r.r_addend;
            boolean hidden = s.name().isEmpty() || s.name().startsWith(".L");
            long bias = bias(section, type, r.r_offset);
            long at = s.offset() + addend + bias;
            ObjectFile.Place place = s.section() == 0 ? null : new ObjectFile.Place(s.section(), at);
            if (!hidden) {
                return new ObjectFile.Relocation(r.r_offset, type, s.name(), addend, place);
            }
            Named named = nameOf(s.section(), at);
            return new ObjectFile.Relocation(r.r_offset, type, named.symbol(), named.addend() - bias, place);
        }

        private record Named(String symbol, long addend) {}

        /** The text of a literal of characters of {@code width} bytes; wide ones are told by their bytes. */
        private static String literal(byte[] data, int from, int width) {
            int end = from;
            while (end + width <= data.length && !isZero(data, end, width)) {
                end += width;
            }
            return width == 1
                    ? new String(data, from, end - from, StandardCharsets.UTF_8)
                    : HexFormat.of().formatHex(data, from, end);
        }

        private static boolean isZero(byte[] data, int from, int width) {
            for (int i = from; i < from + width; i++) {
                if (data[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        private Named nameOf(int section, long offset) {
            ObjectFile.Section s = sections.get(section);
            Matcher literals = LITERALS.matcher(s.name());
            if (literals.find() && offset >= 0 && offset < s.data().length) {
                return new Named("\"" + literal(s.data(), (int) offset, Integer.parseInt(literals.group(1))) + "\"", 0);
            }
            ObjectFile.Symbol best = null;
            for (ObjectFile.Symbol c : symbols.values()) {
                boolean covers =
                        c.section() == section && c.offset() <= offset && offset < c.offset() + Math.max(1, c.size());
                if (covers && (best == null || c.size() < best.size())) {
                    best = c;
                }
            }
            return best == null
                    ? new Named(ObjectFile.unnamed(s.name(), name), offset)
                    : new Named(best.name(), offset - best.offset());
        }
    }
}
