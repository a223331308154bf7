// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.assembly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Content;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Counted;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Line;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Macro;
import org.patchoscope.semantics.count.assembly.AssemblyCount.NotCounted;
import org.patchoscope.semantics.count.assembly.Attribution.Frame;
import org.patchoscope.semantics.count.assembly.MarkedAssembly.Origin;
import org.patchoscope.semantics.count.concrete.Uncounted;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * Counts the instructions of an object made of assembly, by source line and by macro. The macros are told by
 * marks in a copy of the source, which must assemble to the very same code (decision 13).
 */
public final class AssemblyCounter {
    private final Disassembler disassembler;

    /** A counter for objects of the architecture that {@code disassembler} is for. */
    public AssemblyCounter(Disassembler disassembler) {
        this.disassembler = disassembler;
    }

    /**
     * The counts of {@code original}.
     *
     * @param marked the object made of the marked source
     */
    public AssemblyCount count(ObjectFile original, ObjectFile marked, MarkedAssembly source) {
        Optional<String> differs = SharedAssembly.difference(original, marked);
        if (differs.isPresent()) {
            return new NotCounted("with marks at its macros the source does not make the same code: " + differs.get());
        }
        try {
            Tally tally = new Tally(original, marked, Attribution.of(marked, source));
            return tally.counted();
        } catch (Uncounted e) {
            return new NotCounted(e.reason());
        }
    }

    /** Whether two objects have the same code, so that nothing can have changed in their counts. */
    public static boolean sameCode(ObjectFile one, ObjectFile two) {
        return SharedAssembly.difference(one, two).isEmpty();
    }

    private record LineKey(String function, String file, int line) {}

    private final class Tally {
        private final ObjectFile object;
        /** Index of a section of code to the one in the marked object. */
        private final Map<Integer, Integer> sections = new HashMap<>();

        private final Attribution attribution;
        private final Map<LineKey, SortedMap<String, Integer>> lines = new LinkedHashMap<>();
        private final Map<Integer, SortedMap<String, Integer>> expansions = new LinkedHashMap<>();
        private final Map<Integer, List<String>> code = new LinkedHashMap<>();
        private final Map<Integer, String> names = new HashMap<>();
        private final Map<String, Set<String>> within = new HashMap<>();
        private final Map<String, Set<String>> users = new HashMap<>();

        Tally(ObjectFile object, ObjectFile marked, Attribution attribution) {
            this.object = object;
            List<ObjectFile.Section> own = SharedAssembly.code(object);
            List<ObjectFile.Section> theirs = SharedAssembly.code(marked);
            for (int i = 0; i < own.size(); i++) {
                sections.put(own.get(i).index(), theirs.get(i).index());
            }
            this.attribution = attribution;
        }

        Counted counted() {
            Map<Integer, Long> done = new HashMap<>();
            object.functions().values().stream()
                    .sorted(Comparator.comparingInt(ObjectFile.Function::section)
                            .thenComparingLong(ObjectFile.Function::offset)
                            .thenComparing(Comparator.comparingLong(ObjectFile.Function::size)
                                    .reversed())
                            .thenComparing(ObjectFile.Function::name))
                    .forEach(f -> {
                        // Two names for the same code are one function.
                        long start = Math.max(f.offset(), done.getOrDefault(f.section(), 0L));
                        function(f, start);
                        done.merge(f.section(), f.offset() + f.size(), Math::max);
                    });
            List<Line> all = new ArrayList<>();
            lines.forEach((k, v) -> all.add(new Line(k.function(), k.file(), k.line(), new Content(v))));
            return new Counted(all, macros());
        }

        private SortedMap<String, Macro> macros() {
            Map<String, Map<Content, Integer>> contents = new TreeMap<>();
            Map<String, Map<Content, List<String>>> first = new HashMap<>();
            expansions.forEach((number, mnemonics) -> {
                String name = String.valueOf(names.get(number));
                Content content = new Content(mnemonics);
                contents.computeIfAbsent(name, n -> new LinkedHashMap<>()).merge(content, 1, Integer::sum);
                first.computeIfAbsent(name, n -> new HashMap<>())
                        .putIfAbsent(content, code.getOrDefault(number, List.of()));
            });
            SortedMap<String, Macro> all = new TreeMap<>();
            contents.forEach((name, c) -> all.put(
                    name,
                    new Macro(
                            name,
                            c,
                            usual(c, first.getOrDefault(name, Map.of())),
                            List.copyOf(within.getOrDefault(name, Set.of())),
                            List.copyOf(users.getOrDefault(name, Set.of())))));
            return all;
        }

        /** The code of the most frequent kind of expansion, as the first of that kind has it. */
        private static List<String> usual(Map<Content, Integer> times, Map<Content, List<String>> first) {
            return times.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(e -> first.getOrDefault(e.getKey(), List.of()))
                    .orElse(List.of());
        }

        private void function(ObjectFile.Function f, long start) {
            byte[] code = object.sections().get(f.section()).data();
            long at = start;
            while (at < f.offset() + f.size()) {
                Disassembler.Spelled i = disassembler.spelled(code, (int) at);
                long here = at;
                List<Frame> frames = attribution
                        .at(sections.getOrDefault(f.section(), 0), here)
                        .orElseThrow(() -> new Uncounted(
                                "no statement is known for " + f.name() + "+0x" + Long.toHexString(here - f.offset())));
                Origin from = frames.getLast().at();
                if (from.data()) {
                    throw new Uncounted(
                            "there is data among the instructions, from " + from.file() + ":" + from.line());
                }
                if (!from.padding()) {
                    add(f.name(), frames, i);
                }
                at += i.length();
            }
        }

        private void add(String function, List<Frame> frames, Disassembler.Spelled instruction) {
            String mnemonic = instruction.mnemonic();
            Origin at = frames.getFirst().at();
            LineKey key = new LineKey(function, at.file(), at.line());
            lines.computeIfAbsent(key, k -> new TreeMap<>()).merge(mnemonic, 1, Integer::sum);
            for (int i = 1; i < frames.size(); i++) {
                Frame f = frames.get(i);
                names.put(f.expansion(), f.macro());
                users.computeIfAbsent(f.macro(), m -> new TreeSet<>()).add(function);
                expansions.computeIfAbsent(f.expansion(), e -> new TreeMap<>()).merge(mnemonic, 1, Integer::sum);
                code.computeIfAbsent(f.expansion(), e -> new ArrayList<>()).add(instruction.text());
                for (Frame inner : frames.subList(i + 1, frames.size())) {
                    if (!inner.macro().equals(f.macro())) {
                        within.computeIfAbsent(f.macro(), m -> new TreeSet<>()).add(inner.macro());
                    }
                }
            }
        }
    }
}
