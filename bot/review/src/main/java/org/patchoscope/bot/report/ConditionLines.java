// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * When a finding holds, line by line: what all its cases have in common is said once, then what tells them apart.
 *
 * @param lines a word and what it says, in order
 * @param left cases that are not among them
 */
public record ConditionLines(List<Line> lines, int left) {
    /** A line: {@code when}, {@code and}, {@code or when}; {@code either} and {@code or} where cases have something in common. */
    public record Line(String word, String text) {}

    public ConditionLines {
        lines = List.copyOf(lines);
    }

    /** The shortest of some cases, each a conjunction; at most {@code most} of those that are told apart. */
    public static ConditionLines of(List<List<String>> cases, int most) {
        Set<String> common = new LinkedHashSet<>(cases.isEmpty() ? List.of() : cases.getFirst());
        cases.forEach(common::retainAll);
        List<List<String>> rest = cases.stream()
                .map(c -> c.stream().filter(l -> !common.contains(l)).toList())
                .distinct()
                .sorted(Comparator.comparingInt(List::size))
                .toList();
        List<Line> lines = new ArrayList<>();
        add(lines, "when", "and", common);
        // A case that adds nothing has all the others in it.
        if (rest.isEmpty() || rest.getFirst().isEmpty()) {
            return new ConditionLines(lines, 0);
        }
        List<List<String>> shown = rest.subList(0, Math.min(most, rest.size()));
        for (int i = 0; i < shown.size(); i++) {
            if (common.isEmpty()) {
                add(lines, i == 0 ? "when" : "or when", "and", shown.get(i));
            } else {
                add(lines, i == 0 ? "either" : "or", "  and", shown.get(i));
            }
        }
        return new ConditionLines(lines, rest.size() - shown.size());
    }

    private static void add(List<Line> lines, String first, String next, Iterable<String> texts) {
        String word = first;
        for (String text : texts) {
            lines.add(new Line(word, text));
            word = next;
        }
    }

    /** The longest word. */
    public int width() {
        return lines.stream().mapToInt(l -> l.word().length()).max().orElse(0);
    }
}
