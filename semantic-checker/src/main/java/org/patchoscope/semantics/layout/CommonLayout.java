// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * One numbering of bytes for structures that two versions lay out differently. A member that both have lies where it
 * lay before; one that is new lies {@link #FAR} behind the start. All offsets are in bytes.
 */
public final class CommonLayout {
    /** Beyond the end of every structure. */
    static final int FAR = 1 << 24;

    /** Bytes {@code from} to {@code to} (exclusive) of the new version lie at {@code at} in common. */
    private record Range(int from, int to, int at) {
        int shift() {
            return at - from;
        }
    }

    private final Map<String, DebugInfo.Structure> before;
    private final Map<String, DebugInfo.Structure> after;
    private final Set<String> changed;
    private final Map<String, List<Range>> ranges = new LinkedHashMap<>();
    private final Set<String> within;
    private final DebugInfo debug;

    /** The common numbering of two versions; they may agree in everything. */
    public CommonLayout(DebugInfo before, DebugInfo after) {
        this.before = before.structures();
        this.after = after.structures();
        this.changed = containers(moved());
        this.within = inside();
        Map<String, DebugInfo.Structure> common = new LinkedHashMap<>(after.structures());
        common.putAll(before.structures());
        for (String name : changed) {
            common.put(name, common(name));
        }
        this.debug =
                new DebugInfo(before.and(after).prototypes(), Map.copyOf(common), before.locals(), before.callSites());
    }

    /** Structures that have a member elsewhere, one more or one less, in themselves or in a structure within. */
    public Set<String> changed() {
        return changed;
    }

    /** The debug information of the old version, with what is new in structures at its common place. */
    public DebugInfo debug() {
        return debug;
    }

    /** Whether the old version has {@code structure.member}. */
    public boolean isOld(String cell) {
        int dot = cell.indexOf('.');
        DebugInfo.Structure s = before.get(cell.substring(0, dot));
        return s != null && s.members().stream().anyMatch(m -> m.name().equals(cell.substring(dot + 1)));
    }

    /** Where {@code bytes} bytes of the old version lie in common; empty if they are not all within the structure. */
    public OptionalLong before(String structure, long offset, int bytes) {
        DebugInfo.Structure s = before.get(structure);
        return s != null && offset >= 0 && offset + bytes <= s.size() ? OptionalLong.of(offset) : OptionalLong.empty();
    }

    /** The same for the new version; empty, too, if they belong to members that do not lie side by side in common. */
    public OptionalLong after(String structure, long offset, int bytes) {
        OptionalLong first = shift(structure, offset);
        OptionalLong last = shift(structure, offset + bytes - 1);
        return first.isPresent() && first.equals(last)
                ? OptionalLong.of(offset + first.getAsLong())
                : OptionalLong.empty();
    }

    private OptionalLong shift(String structure, long at) {
        List<Range> all = ranges(structure);
        Set<Integer> shifts = new TreeSet<>();
        int below = -1;
        int above = Integer.MAX_VALUE;
        for (Range r : all) {
            if (r.from() <= at && at < r.to()) {
                shifts.add(r.shift());
            }
            below = r.to() <= at ? Math.max(below, r.to()) : below;
            above = r.from() > at ? Math.min(above, r.from()) : above;
        }
        if (shifts.isEmpty()) {
            for (Range r : all) {
                if (r.to() == below || r.from() == above) {
                    shifts.add(r.shift());
                }
            }
            if (below < 0 || above == Integer.MAX_VALUE) {
                return OptionalLong.empty();
            }
        }
        return shifts.size() == 1 ? OptionalLong.of(shifts.iterator().next()) : OptionalLong.empty();
    }

    private List<Range> ranges(String structure) {
        List<Range> known = ranges.get(structure);
        if (known == null) {
            known = compute(structure);
            ranges.put(structure, known);
        }
        return known;
    }

    private List<Range> compute(String structure) {
        DebugInfo.Structure old = before.get(structure);
        DebugInfo.Structure now = after.get(structure);
        List<Range> all = new ArrayList<>();
        if (now == null) {
            return all;
        }
        for (DebugInfo.Member m : now.members()) {
            DebugInfo.Member same = old == null
                    ? null
                    : old.members().stream()
                            .filter(o -> o.name().equals(m.name())
                                    && o.type().text().equals(m.type().text()))
                            .findFirst()
                            .orElse(null);
            if (same != null && changed.contains(m.type().text())) {
                for (Range r : ranges(m.type().text())) {
                    int at = r.at() >= FAR ? FAR + m.offset() + r.from() : same.offset() + r.at();
                    all.add(new Range(m.offset() + r.from(), m.offset() + r.to(), at));
                }
            } else {
                int at = same != null && same.type().size() == m.type().size() ? same.offset() : FAR + m.offset();
                all.add(new Range(m.offset(), m.offset() + m.type().size(), at));
            }
        }
        return List.copyOf(all);
    }

    /** What the report calls members: the old ones as they were, the new ones at their common place. */
    private DebugInfo.Structure common(String name) {
        DebugInfo.Structure old = before.get(name);
        DebugInfo.Structure now = after.get(name);
        List<DebugInfo.Member> members = new ArrayList<>(old == null ? List.of() : old.members());
        addNew(name, "", 0, members);
        return new DebugInfo.Structure(name, FAR + (now == null ? 0 : now.size()), List.copyOf(members));
    }

    private void addNew(String structure, String prefix, int base, List<DebugInfo.Member> into) {
        DebugInfo.Structure now = after.get(structure);
        if (now == null) {
            return;
        }
        for (DebugInfo.Member m : now.members()) {
            if (after(structure, m.offset(), Math.max(1, m.type().size())).orElse(0) >= FAR) {
                into.add(new DebugInfo.Member(prefix + m.name(), FAR + base + m.offset(), m.type()));
            } else if (changed.contains(m.type().text())) {
                addNew(m.type().text(), prefix + m.name() + ".", base + m.offset(), into);
            }
        }
    }

    /**
     * Structures of which bytes do not mean the same in both versions: their size differs, or a member that both have lies
     * elsewhere or has another size. Bytes that one version has as one member and the other as several mean the same.
     */
    public Set<String> elsewhere() {
        Set<String> all = new TreeSet<>();
        before.forEach((name, s) -> {
            DebugInfo.Structure t = after.get(name);
            if (t != null && (s.size() != t.size() || !agree(spans(s), spans(t)))) {
                all.add(name);
            }
        });
        return containers(all);
    }

    private static boolean agree(Map<String, List<Integer>> one, Map<String, List<Integer>> other) {
        return one.entrySet().stream()
                .allMatch(e -> other.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
    }

    private static Map<String, List<Integer>> spans(DebugInfo.Structure s) {
        Map<String, List<Integer>> all = new LinkedHashMap<>();
        s.members()
                .forEach(m ->
                        all.putIfAbsent(m.name(), List.of(m.offset(), m.type().size())));
        return all;
    }

    private Set<String> moved() {
        Set<String> all = new TreeSet<>();
        before.forEach((name, s) -> {
            DebugInfo.Structure t = after.get(name);
            if (t != null && (s.size() != t.size() || !places(s).equals(places(t)))) {
                all.add(name);
            }
        });
        return all;
    }

    private static Map<String, Integer> places(DebugInfo.Structure s) {
        Map<String, Integer> all = new LinkedHashMap<>();
        s.members().forEach(m -> all.putIfAbsent(m.name(), m.offset()));
        return all;
    }

    private Set<String> containers(Set<String> moved) {
        Set<String> all = new TreeSet<>(moved);
        boolean more = true;
        while (more) {
            more = false;
            for (Map<String, DebugInfo.Structure> side : List.of(before, after)) {
                for (DebugInfo.Structure s : side.values()) {
                    boolean holds = s.members().stream()
                            .anyMatch(m -> all.contains(
                                    m.type().text().replace("[]", "").trim()));
                    more |= holds && all.add(s.name());
                }
            }
        }
        return Set.copyOf(all);
    }

    /** Structures that lie within a changed one: a pointer to one may be a way to the changed one around it. */
    Set<String> within() {
        return within;
    }

    private Set<String> inside() {
        Set<String> all = new TreeSet<>();
        changed.forEach(s -> {
            collect(before.get(s), before, all);
            collect(after.get(s), after, all);
        });
        return Set.copyOf(all);
    }

    private static void collect(
            DebugInfo.@org.jspecify.annotations.Nullable Structure s,
            Map<String, DebugInfo.Structure> side,
            Set<String> into) {
        if (s == null) {
            return;
        }
        for (DebugInfo.Member m : s.members()) {
            String type = m.type().text().replace("[]", "").trim();
            if (side.containsKey(type) && into.add(type)) {
                collect(side.get(type), side, into);
            }
        }
    }
}
