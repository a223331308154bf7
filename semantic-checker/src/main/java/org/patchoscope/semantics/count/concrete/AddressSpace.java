// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;

/**
 * A place in memory for everything that a program names: its sections one after the other, the current
 * task, its stack, and a region of its own for each symbol that is defined elsewhere. Which addresses
 * they have has no influence on a path; that they have some lets jump tables and code pointers work.
 */
public final class AddressSpace {
    /** Distance between regions, larger than any section of an entry object or object behind a symbol. */
    private static final long REGION = 1L << 24;

    private static final long FIRST = 0xffff_8000_0000_0000L;

    private sealed interface Region {
        record Code(ObjectFile object, int section) implements Region {}

        record Data(ObjectFile object, int section) implements Region {}

        record Outside(String symbol) implements Region {}
    }

    private record Defined(ObjectFile object, ObjectFile.Symbol symbol) {}

    private final TreeMap<Long, Region> regions = new TreeMap<>(Long::compareUnsigned);
    private final IdentityHashMap<ObjectFile, long[]> sections = new IdentityHashMap<>();
    private final Map<String, Defined> globals = new HashMap<>();
    private final Map<String, Long> outside = new HashMap<>();
    private long next = FIRST;

    public AddressSpace(List<ObjectFile> objects) {
        for (ObjectFile o : objects) {
            long[] bases = new long[o.sections().size()];
            for (ObjectFile.Section s : o.sections()) {
                Region r = s.executable() ? new Region.Code(o, s.index()) : new Region.Data(o, s.index());
                bases[s.index()] = place(r);
            }
            sections.put(o, bases);
            o.symbols().values().stream()
                    .filter(s -> s.global() && s.section() != 0)
                    .forEach(s -> define(o, s));
        }
    }

    private void define(ObjectFile o, ObjectFile.Symbol s) {
        Defined known = globals.get(s.name());
        if (known == null || known.symbol().weak() && !s.weak()) {
            globals.put(s.name(), new Defined(o, s));
        }
    }

    private long place(Region r) {
        long at = next;
        next += REGION;
        regions.put(at, r);
        return at;
    }

    /** A fresh region for something that no object names. */
    long reserve(String name) {
        return outside.computeIfAbsent(name, n -> place(new Region.Outside(n)));
    }

    /** The address of a symbol as {@code from} means it. */
    long address(ObjectFile from, String name) {
        ObjectFile.Symbol own = from.symbols().get(name);
        if (own != null && own.section() != 0 && !own.weak()) {
            return base(from, own.section()) + own.offset();
        }
        Defined elsewhere = globals.get(name);
        if (elsewhere != null) {
            return base(elsewhere.object(), elsewhere.symbol().section())
                    + elsewhere.symbol().offset();
        }
        for (ObjectFile.Section s : from.sections()) {
            if (!name.isEmpty() && (s.name().equals(name) || from.unnamed(s).equals(name))) {
                return base(from, s.index());
            }
        }
        return reserve(name);
    }

    /** The address of a global symbol that an object defines. */
    public OptionalLong global(String name) {
        Defined d = globals.get(name);
        return d == null
                ? OptionalLong.empty()
                : OptionalLong.of(
                        base(d.object(), d.symbol().section()) + d.symbol().offset());
    }

    long address(Location l) {
        return base(l.object(), l.section()) + l.offset();
    }

    /** The first byte of a section. */
    long base(ObjectFile o, int section) {
        long[] bases = sections.get(o);
        if (bases == null) {
            throw new IllegalArgumentException(o.name() + " has no place");
        }
        return bases[section];
    }

    /** The code at an address, if an object has code there. */
    public Optional<Location> code(long address) {
        Map.Entry<Long, Region> r = regions.floorEntry(address);
        if (r != null && r.getValue() instanceof Region.Code c) {
            long offset = address - r.getKey();
            if (offset < c.object().sections().get(c.section()).data().length) {
                return Optional.of(new Location(c.object(), c.section(), offset));
            }
        }
        return Optional.empty();
    }

    /** The symbol defined elsewhere that an address belongs to. */
    Optional<String> outside(long address) {
        return find(address) instanceof Region.Outside o ? Optional.of(o.symbol()) : Optional.empty();
    }

    private @Nullable Region find(long address) {
        Map.Entry<Long, Region> r = regions.floorEntry(address);
        return r == null || address - r.getKey() >= REGION ? null : r.getValue();
    }

    /** The word at an address (a multiple of 8) if nothing can have changed it since the object was made. */
    OptionalLong constant(long address) {
        if (!(find(address) instanceof Region.Data d)) {
            return OptionalLong.empty();
        }
        ObjectFile.Section s = d.object().sections().get(d.section());
        long offset = address - base(d.object(), d.section());
        if (s.writable() || offset + 8 > s.data().length) {
            return OptionalLong.empty();
        }
        ByteBuffer word = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        word.put(0, s.data(), (int) offset, 8);
        for (ObjectFile.Relocation r : d.object().relocationsIn(d.section(), offset, 8)) {
            if (!relocate(d, word, r, (int) (r.offset() - offset))) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(word.getLong(0));
    }

    private boolean relocate(Region.Data d, ByteBuffer word, ObjectFile.Relocation r, int at) {
        ObjectFile.Place local = r.definedAt();
        long target = local != null
                ? base(d.object(), local.section()) + local.offset()
                : address(d.object(), r.symbol()) + r.addend();
        if (r.type().equals("R_AARCH64_ABS64") && at == 0) {
            word.putLong(0, target);
            return true;
        }
        if (r.type().equals("R_AARCH64_PREL32") && at <= 4) {
            word.putInt(at, (int) (target - (base(d.object(), d.section()) + r.offset())));
            return true;
        }
        return false;
    }

    /** What lies at an address, for people. */
    public String describe(long address) {
        Map.Entry<Long, Region> entry = regions.floorEntry(address);
        if (entry == null || address - entry.getKey() >= REGION) {
            return "address 0x" + Long.toHexString(address);
        }
        long offset = address - entry.getKey();
        return switch (entry.getValue()) {
            case Region.Code c -> new Location(c.object(), c.section(), offset).toString();
            case Region.Data d ->
                d.object().name() + ":" + d.object().sections().get(d.section()).name() + hex(offset);
            case Region.Outside o -> o.symbol() + (offset == 0 ? "" : hex(offset));
        };
    }

    private static String hex(long offset) {
        return "+0x" + Long.toHexString(offset);
    }
}
