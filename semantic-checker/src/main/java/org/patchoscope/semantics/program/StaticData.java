// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.patchoscope.semantics.object.ObjectFile;

/** Objects with static storage of a program, by the names under which code refers to them. */
public final class StaticData {
    private static final Set<String> POINTERS = Set.of("R_X86_64_64", "R_AARCH64_ABS64");
    private static final int POINTER = 8;

    /** One object with a name, or, where constants have none, all of their section. */
    public record Item(ObjectFile object, ObjectFile.Section section, long offset, long size, boolean named) {
        /** Whether nobody writes it. */
        public boolean constant() {
            return !section.writable() || section.name().startsWith(".data.rel.ro");
        }

        /** The bytes; zeros where the file has none. */
        byte[] bytes(long from, int length) {
            byte[] data = section.data();
            int start = (int) Math.min(offset + from, data.length);
            byte[] found = Arrays.copyOfRange(data, start, (int) Math.min(offset + from + length, data.length));
            return Arrays.copyOf(found, length);
        }

        public boolean holds(long from, int length) {
            return from >= 0 && from + length <= size;
        }

        /** What the linker writes into a range. */
        List<ObjectFile.Relocation> relocations(long from, int length) {
            return object.relocationsIn(section.index(), offset + from - (POINTER - 1), length + POINTER - 1).stream()
                    .filter(r -> r.offset() + width(r) > offset + from)
                    .toList();
        }

        private static int width(ObjectFile.Relocation r) {
            return POINTERS.contains(r.type()) ? POINTER : POINTER / 2;
        }

        /** Where in the object a pointer begins that is all that the linker writes into a range of its size. */
        public Optional<ObjectFile.Relocation> pointer(long from, int length) {
            List<ObjectFile.Relocation> all = relocations(from, length);
            return all.size() == 1
                            && length == POINTER
                            && POINTERS.contains(all.getFirst().type())
                            && all.getFirst().offset() == offset + from
                    ? Optional.of(all.getFirst())
                    : Optional.empty();
        }
    }

    private final Map<String, List<Item>> items = new HashMap<>();

    public StaticData(Program program) {
        program.objects().forEach(this::collect);
    }

    private void collect(ObjectFile o) {
        o.symbols().values().stream()
                .filter(s -> isData(o, s))
                .forEach(s -> items.computeIfAbsent(s.name(), k -> new ArrayList<>())
                        .add(new Item(o, o.sections().get(s.section()), s.offset(), s.size(), true)));
        o.sections().stream()
                .filter(s -> !s.executable() && s.data().length > 0)
                .forEach(s -> items.computeIfAbsent(o.unnamed(s), k -> new ArrayList<>())
                        .add(new Item(o, s, 0, s.data().length, false)));
    }

    /** Whether a symbol is data that the object defines, and that no other object may define instead. */
    public static boolean isData(ObjectFile o, ObjectFile.Symbol s) {
        ObjectFile.Section section = o.sections().get(s.section());
        return s.section() != 0 && s.size() > 0 && !section.executable() && !s.weak();
    }

    /** The one object of that name; none where several objects have one, or a copy for each CPU. */
    public Optional<Item> of(String name) {
        List<Item> all = items.getOrDefault(name, List.of());
        return all.size() == 1 && !all.getFirst().section().name().contains("percpu")
                ? Optional.of(all.getFirst())
                : Optional.empty();
    }

    /** The names of all objects. */
    public Set<String> names() {
        return items.keySet();
    }

    /** What bytes hold that the linker leaves alone. */
    public static OptionalLong number(Item i, long from, int length) {
        if (!i.holds(from, length) || !i.relocations(from, length).isEmpty()) {
            return OptionalLong.empty();
        }
        byte[] bytes = i.bytes(from, length);
        long value = 0;
        for (int k = length - 1; k >= 0; k--) {
            value = value << 8 | bytes[k] & 0xff;
        }
        return OptionalLong.of(value);
    }
}
