// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.assembly;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The instructions of an assembly source's functions, by line and by macro; what the code has before it is patched. */
public sealed interface AssemblyCount {
    /**
     * Every instruction of every function has its line.
     *
     * @param lines in the order of functions and code
     * @param macros by name, for those that put instructions into functions
     */
    record Counted(List<Line> lines, SortedMap<String, Macro> macros) implements AssemblyCount {
        public Counted {
            lines = List.copyOf(lines);
        }
    }

    /** Nothing is said: marking did not leave the code as it was, or left something open. */
    record NotCounted(String reason) implements AssemblyCount {}

    /**
     * A line outside of macros, with all that it expands to.
     *
     * @param function the function it is in
     * @param content instructions
     */
    record Line(String function, String file, int line, Content content) {}

    /**
     * A macro.
     *
     * @param expansions what one expansion holds, macros in it included, and how many are like that
     * @param code of one of the most frequent kind, in order, as the assembler takes it
     * @param within macros that its expansions hold instructions of, directly or not
     * @param functions the functions it is expanded in
     */
    record Macro(
            String name,
            Map<Content, Integer> expansions,
            List<String> code,
            List<String> within,
            List<String> functions) {
        public Macro {
            code = List.copyOf(code);
            expansions = Map.copyOf(expansions);
            within = List.copyOf(within);
            functions = List.copyOf(functions);
        }

        /** One that is not expanded at all. */
        public static Macro unused(String name) {
            return new Macro(name, Map.of(), List.of(), List.of(), List.of());
        }

        /** What one expansion holds; where they differ each kind, the most frequent first. */
        public String text() {
            if (expansions.size() == 1) {
                return expansions.keySet().iterator().next().text();
            }
            return expansions.entrySet().stream()
                    .sorted(Map.Entry.<Content, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(e -> e.getKey().text()))
                    .map(e -> e.getValue() + " x (" + e.getKey().text() + ")")
                    .collect(Collectors.joining(", "));
        }

        /** Instructions of all expansions together. */
        public Content total() {
            SortedMap<String, Integer> sum = new TreeMap<>();
            expansions.forEach(
                    (content, times) -> content.mnemonics().forEach((m, n) -> sum.merge(m, n * times, Integer::sum)));
            return new Content(sum);
        }

        /** How often it is expanded. */
        public int times() {
            return expansions.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Instructions by mnemonic, spelled as the kernel's sources spell them. */
    record Content(SortedMap<String, Integer> mnemonics) {
        /** How many there are. */
        public int instructions() {
            return mnemonics.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** What is more and what is less in {@code after}: {@code isb +2, nop -1}. */
        public String change(Content after) {
            SortedMap<String, Integer> change = new TreeMap<>(after.mnemonics());
            mnemonics.forEach((m, n) -> change.merge(m, -n, Integer::sum));
            return change.entrySet().stream()
                    .filter(e -> e.getValue() != 0)
                    .map(e -> String.format(Locale.ROOT, "%s %+d", e.getKey(), e.getValue()))
                    .collect(Collectors.joining(", "));
        }

        /** As people write it: {@code 6 movq + 1 subq}. */
        public String text() {
            return mnemonics.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(e -> e.getValue() + " " + e.getKey())
                    .collect(Collectors.joining(" + "));
        }
    }
}
