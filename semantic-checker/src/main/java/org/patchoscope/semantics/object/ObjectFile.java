// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One relocatable object. Offsets are bytes within a section; addresses do not exist before linking.
 *
 * @param name as Kbuild calls it, for example {@code arch/arm64/kernel/syscall.o}
 * @param sections by ELF index
 * @param functions by name; local functions of one object have distinct names
 * @param symbols every named symbol, by name
 * @param relocations per section index: offset to what is filled in there
 * @param keys jump label sites, by section index and offset
 * @param alternatives patchable instruction ranges, by section index and offset; of several for one place
 *     the last whose feature is present counts
 * @param bugs {@code __bug_table} entries, by section index and offset
 * @param fixups {@code __ex_table} entries, by section index and offset
 * @param code finds the function at a place
 */
public record ObjectFile(
        String name,
        List<Section> sections,
        Map<String, Function> functions,
        Map<String, Symbol> symbols,
        Map<Integer, NavigableMap<Long, List<Relocation>>> relocations,
        Map<Place, StaticKeySite> keys,
        Map<Place, List<Alternative>> alternatives,
        Map<Place, BugEntry> bugs,
        Map<Place, Fixup> fixups,
        CodeIndex code) {

    /** A section; {@code data} is empty where the file holds none. */
    public record Section(int index, String name, byte[] data, boolean executable, boolean writable) {}

    /** A position in a section. */
    public record Place(int section, long offset) {}

    /** A named symbol; {@code section} is 0 where it is defined elsewhere. */
    public record Symbol(String name, int section, long offset, long size, boolean global, boolean weak) {}

    /** Code with a name, {@code size} bytes long. */
    public record Function(String name, int section, long offset, long size, boolean global) {
        /** Whether {@code at} lies within the function's code. */
        public boolean contains(int inSection, long at) {
            return inSection == section && at >= offset && at < offset + size;
        }
    }

    /**
     * What the linker writes at a place: {@code type} is the ELF name, {@code symbol} is canonical, and
     * {@code definedAt} is where symbol plus addend lies in this object, or null if that is elsewhere.
     */
    public record Relocation(
            long offset,
            String type,
            String symbol,
            long addend,
            @Nullable Place definedAt) {}

    /**
     * A jump label: control goes to {@code target} (same section) where the key is enabled, or, if
     * {@code branch} is set, where it is disabled: {@code jump_label_type()} in kernel/jump_label.c.
     * {@code madeNop} means that objtool makes the jump in the object a nop (arch/x86/include/asm/jump_label.h).
     */
    public record StaticKeySite(Place site, long target, String key, boolean branch, boolean madeNop) {}

    /**
     * An alternative: {@code length} bytes at {@code site} are replaced where the CPU feature is present.
     * {@code callback} names the function that patches the code instead, or is empty. {@code directCall} means
     * that the replacement is made to call what the code at the site calls through a pointer. {@code flagless} means that
     * the entry is one of before Linux 6.3, of 12 bytes and without a field of flags; arm64 never had any other.
     */
    public record Alternative(
            Place site,
            int length,
            int feature,
            boolean negated,
            boolean directCall,
            String callback,
            Place replacement,
            int newLength,
            boolean flagless) {}

    /** A trap with a meaning: {@code warning} means execution goes on after it. */
    public record BugEntry(Place site, boolean warning) {}

    /** Where execution goes on when the access at {@code site} faults, and the kind and data of the handler. */
    public record Fixup(Place site, Place target, int type, int data) {}

    /** What a place in a section is called that has no name of its own: constants of another object are other ones. */
    public String unnamed(Section section) {
        return unnamed(section.name(), name);
    }

    static String unnamed(String section, String object) {
        return section.startsWith(".rodata") ? section + " of " + object : section;
    }

    /** The function whose code covers a place. */
    public Optional<Function> functionAt(int section, long offset) {
        return code.at(section, offset);
    }

    /** Relocations inside {@code [offset, offset + length)} of a section. */
    public List<Relocation> relocationsIn(int section, long offset, int length) {
        NavigableMap<Long, List<Relocation>> all = relocations.get(section);
        if (all == null) {
            return List.of();
        }
        return all.subMap(offset, true, offset + length, false).values().stream()
                .flatMap(List::stream)
                .toList();
    }
}
