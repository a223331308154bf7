// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.assembly;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.count.assembly.MarkedAssembly.Origin;
import org.patchoscope.semantics.count.concrete.Uncounted;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectFile.Place;

/**
 * Which statement of which expansion of which macro made a byte of code, read from the marks of an object.
 * Between two marks of one section lies what the statement of the first has made: what lies behind
 * a change of section belongs to no statement until the next mark, so nothing is ever guessed.
 */
final class Attribution {
    private static final int ENTRY = 16;

    /**
     * A level of expansion.
     *
     * @param expansion a number of its own for every expansion, 0 for the source file itself
     * @param macro the macro expanded, empty for the source file itself
     * @param at the statement at work on this level: the one that invokes the next
     */
    record Frame(int expansion, String macro, Origin at) {}

    private record Range(long end, List<Frame> frames) {}

    private final Map<Integer, NavigableMap<Long, Range>> ranges = new HashMap<>();

    private Attribution() {}

    /**
     * Reads the marks of an object.
     *
     * @throws Uncounted if they are not as the marking made them, or two statements claim the same byte
     */
    static Attribution of(ObjectFile marked, MarkedAssembly source) {
        ObjectFile.Section section = marked.sections().stream()
                .filter(s -> s.name().equals(MarkedAssembly.SECTION))
                .findFirst()
                .orElseThrow(() -> new Uncounted("the marks are missing"));
        Attribution made = new Attribution();
        made.read(marked, section, source);
        return made;
    }

    /** From the outermost level inwards; empty where it is not known. */
    Optional<List<Frame>> at(int section, long offset) {
        Map.Entry<Long, Range> found = Optional.ofNullable(ranges.get(section))
                .map(r -> r.floorEntry(offset))
                .orElse(null);
        return found == null || offset >= found.getValue().end()
                ? Optional.empty()
                : Optional.of(found.getValue().frames());
    }

    private void read(ObjectFile object, ObjectFile.Section section, MarkedAssembly source) {
        ByteBuffer bytes = ByteBuffer.wrap(section.data()).order(ByteOrder.LITTLE_ENDIAN);
        List<Frame> stack = new ArrayList<>(List.of(new Frame(0, "", new Origin("", 0, ""))));
        Place last = null;
        boolean known = false;
        int expansions = 0;
        for (int at = 0; at + ENTRY <= section.data().length; at += ENTRY) {
            Place place = place(object, section.index(), at);
            if (known && last != null && last.section() == place.section()) {
                add(last, place.offset(), stack);
            }
            long what = bytes.getLong(at + 8);
            Origin origin = source.origins().get((int) (what >> 2));
            int kind = (int) (what & 3);
            switch (kind) {
                case MarkedAssembly.BEGIN -> stack.add(new Frame(++expansions, origin.macro(), origin));
                case MarkedAssembly.END -> {
                    if (stack.size() < 2 || !stack.getLast().macro().equals(origin.macro())) {
                        throw new Uncounted("the end of macro " + origin.macro() + " without its beginning");
                    }
                    stack.removeLast();
                }
                default -> {
                    Frame top = stack.removeLast();
                    stack.add(new Frame(top.expansion(), top.macro(), origin));
                }
            }
            known = kind != MarkedAssembly.ELSEWHERE;
            last = place;
        }
        if (stack.size() != 1) {
            throw new Uncounted("macro " + stack.getLast().macro() + " has no end");
        }
    }

    private static Place place(ObjectFile object, int section, int at) {
        List<ObjectFile.Relocation> relocations = object.relocationsIn(section, at, 8);
        @Nullable Place place = relocations.size() == 1 ? relocations.getFirst().definedAt() : null;
        if (place == null) {
            throw new Uncounted("a mark without a place");
        }
        return place;
    }

    private void add(Place from, long to, List<Frame> stack) {
        if (to <= from.offset()) {
            return; // nothing was made, or the assembler has turned to another subsection
        }
        NavigableMap<Long, Range> section = ranges.computeIfAbsent(from.section(), s -> new TreeMap<>());
        Map.Entry<Long, Range> before = section.lowerEntry(to);
        if (before != null && before.getValue().end() > from.offset()) {
            Origin other = before.getValue().frames().getLast().at();
            Origin own = stack.getLast().at();
            throw new Uncounted("the same code seems to be of " + own.file() + ":" + own.line() + " and of "
                    + other.file() + ":" + other.line());
        }
        section.put(from.offset(), new Range(to, List.copyOf(stack)));
    }
}
