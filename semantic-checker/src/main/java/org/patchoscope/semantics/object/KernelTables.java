// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own tables in an object: jump labels ({@code include/linux/jump_label.h}), alternatives
 * ({@code arch/arm64/include/asm/alternative-macros.h}, {@code arch/x86/include/asm/alternative.h}), bug
 * table ({@code include/asm-generic/bug.h}) and exception table ({@code asm/extable.h}).
 */
final class KernelTables {
    private static final int ARM64_CALLBACK = 1 << 15;
    private static final int X86_FLAGLESS = 12;
    private static final int X86_WITH_FLAGS = 14;
    private static final int X86_NEGATED = 1 << 16;
    private static final int X86_FLAGLESS_NEGATED = 1 << 15;
    private static final int X86_DIRECT_CALL = 1 << 17;

    private final List<ObjectFile.Section> sections;
    private final Map<Integer, NavigableMap<Long, List<ObjectFile.Relocation>>> relocations;
    private final boolean arm64;

    KernelTables(
            List<ObjectFile.Section> sections,
            Map<Integer, NavigableMap<Long, List<ObjectFile.Relocation>>> relocations,
            boolean arm64) {
        this.sections = sections;
        this.relocations = relocations;
        this.arm64 = arm64;
    }

    Map<ObjectFile.Place, ObjectFile.StaticKeySite> staticKeys() {
        Map<ObjectFile.Place, ObjectFile.StaticKeySite> found = new LinkedHashMap<>();
        for (ObjectFile.Section s : named("__jump_table")) {
            for (int at = 0; at + 16 <= s.data().length; at += 16) {
                ObjectFile.Place code = place(s, at);
                ObjectFile.Place target = place(s, at + 4);
                ObjectFile.Relocation key = relocation(s, at + 8);
                if (code != null && target != null && key != null) {
                    long flags = key.addend() & 3;
                    String name = (key.addend() & ~3L) == 0 ? key.symbol() : key.symbol() + "+" + (key.addend() & ~3L);
                    found.put(
                            code,
                            new ObjectFile.StaticKeySite(
                                    code, target.offset(), name, (flags & 1) != 0, !arm64 && (flags & 2) != 0));
                }
            }
        }
        return Collections.unmodifiableMap(found);
    }

    Map<ObjectFile.Place, List<ObjectFile.Alternative>> alternatives() {
        Map<ObjectFile.Place, List<ObjectFile.Alternative>> found = new LinkedHashMap<>();
        for (ObjectFile.Section s : named(".altinstructions")) {
            int size = arm64 ? 12 : x86EntrySize(s);
            ByteBuffer b = buffer(s);
            for (int at = 0; at + size <= s.data().length; at += size) {
                ObjectFile.Place site = place(s, at);
                ObjectFile.Relocation to = relocation(s, at + 4);
                ObjectFile.Place replacement = place(s, at + 4);
                if (site != null && to != null) {
                    found.computeIfAbsent(site, k -> new ArrayList<>())
                            .add(arm64 ? arm(b, at, site, to, replacement) : x86(b, at, size, site, replacement));
                }
            }
        }
        found.replaceAll((site, all) -> List.copyOf(all));
        return Collections.unmodifiableMap(found);
    }

    private static ObjectFile.Alternative arm(
            ByteBuffer b, int at, ObjectFile.Place site, ObjectFile.Relocation to, ObjectFile.@Nullable Place code) {
        int feature = b.getShort(at + 8) & 0xffff;
        boolean callback = (feature & ARM64_CALLBACK) != 0;
        return new ObjectFile.Alternative(
                site,
                b.get(at + 10) & 0xff,
                feature & ~ARM64_CALLBACK,
                false,
                false,
                callback ? to.symbol() : "",
                code == null ? site : code,
                b.get(at + 11) & 0xff,
                true);
    }

    /** Every entry begins with two references; where they lie tells how long the entries are. */
    private int x86EntrySize(ObjectFile.Section s) {
        return beginsEvery(X86_FLAGLESS, s) && !beginsEvery(X86_WITH_FLAGS, s) ? X86_FLAGLESS : X86_WITH_FLAGS;
    }

    private boolean beginsEvery(int size, ObjectFile.Section s) {
        int length = s.data().length;
        return length % size == 0
                && IntStream.range(0, length / size)
                        .allMatch(i ->
                                relocation(s, i * (long) size) != null && relocation(s, i * (long) size + 4) != null);
    }

    private static ObjectFile.Alternative x86(
            ByteBuffer b, int at, int size, ObjectFile.Place site, ObjectFile.@Nullable Place code) {
        boolean flagless = size == X86_FLAGLESS;
        int feature = flagless ? b.getShort(at + 8) & 0xffff : b.getInt(at + 8);
        return new ObjectFile.Alternative(
                site,
                b.get(at + size - 2) & 0xff,
                flagless ? feature & ~X86_FLAGLESS_NEGATED : feature & 0xffff,
                (feature & (flagless ? X86_FLAGLESS_NEGATED : X86_NEGATED)) != 0,
                !flagless && (feature & X86_DIRECT_CALL) != 0,
                "",
                code == null ? site : code,
                b.get(at + size - 1) & 0xff,
                flagless);
    }

    Map<ObjectFile.Place, ObjectFile.BugEntry> bugs() {
        Map<ObjectFile.Place, ObjectFile.BugEntry> found = new LinkedHashMap<>();
        for (ObjectFile.Section s : named("__bug_table")) {
            List<Integer> starts = entryStarts(s);
            ByteBuffer b = buffer(s);
            for (int i = 0; i < starts.size(); i++) {
                int end = i + 1 < starts.size() ? starts.get(i + 1) : s.data().length;
                ObjectFile.Place site = place(s, starts.get(i));
                if (site != null && end - starts.get(i) >= 6) {
                    // flags is the last 16-bit field of every layout of the entry
                    found.put(site, new ObjectFile.BugEntry(site, (b.getShort(end - 2) & 1) != 0));
                }
            }
        }
        return Collections.unmodifiableMap(found);
    }

    /** Entries start where a relocation points into code. */
    private List<Integer> entryStarts(ObjectFile.Section s) {
        NavigableMap<Long, List<ObjectFile.Relocation>> all = relocations.getOrDefault(s.index(), new TreeMap<>());
        return all.keySet().stream()
                .filter(o -> place(s, o) != null)
                .map(Long::intValue)
                .toList();
    }

    Map<ObjectFile.Place, ObjectFile.Fixup> fixups() {
        Map<ObjectFile.Place, ObjectFile.Fixup> found = new LinkedHashMap<>();
        for (ObjectFile.Section s : named("__ex_table")) {
            ByteBuffer b = buffer(s);
            for (int at = 0; at + 12 <= s.data().length; at += 12) {
                ObjectFile.Place site = place(s, at);
                ObjectFile.Place target = place(s, at + 4);
                if (site != null && target != null) {
                    int type = arm64 ? b.getShort(at + 8) : b.getInt(at + 8) & 0xff;
                    int data = arm64 ? b.getShort(at + 10) & 0xffff : b.getInt(at + 8) >>> 8;
                    found.put(site, new ObjectFile.Fixup(site, target, type, data));
                }
            }
        }
        return Collections.unmodifiableMap(found);
    }

    private List<ObjectFile.Section> named(String name) {
        return sections.stream().filter(s -> s.name().equals(name)).toList();
    }

    private static ByteBuffer buffer(ObjectFile.Section s) {
        return ByteBuffer.wrap(s.data()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ObjectFile.@Nullable Relocation relocation(ObjectFile.Section s, long offset) {
        NavigableMap<Long, List<ObjectFile.Relocation>> all = relocations.get(s.index());
        List<ObjectFile.Relocation> here = all == null ? null : all.get(offset);
        return here == null ? null : here.getFirst();
    }

    private ObjectFile.@Nullable Place place(ObjectFile.Section s, long offset) {
        ObjectFile.Relocation r = relocation(s, offset);
        return r == null || r.definedAt() == null ? null : codePlace(r.definedAt());
    }

    private ObjectFile.@Nullable Place codePlace(ObjectFile.Place p) {
        return sections.get(p.section()).executable() ? p : null;
    }
}
