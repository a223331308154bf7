// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names mean one thing or another by the value of an option: declared, defined or stubbed between
 * {@code #ifdef CONFIG_X} and its {@code #endif}. A change that uses such a name reads the option.
 */
public final class OptionScopes {
    private static final Pattern DIRECTIVE = Pattern.compile("\\s*#\\s*(ifdef|ifndef|if|elif|else|endif)\\b(.*)");
    private static final Pattern OPTION = Pattern.compile("CONFIG_[A-Za-z0-9_]+");
    private static final Pattern NAMED =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*\\(|#\\s*define\\s+([A-Za-z_]\\w*)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{3,}");

    private final Map<String, Set<String>> options = new HashMap<>();
    private final Map<String, Integer> mentions = new HashMap<>();

    /** Takes in one file that an object reads. */
    public void read(String text) {
        Deque<List<String>> conditions = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        for (String line : text.lines().toList()) {
            Matcher directive = DIRECTIVE.matcher(line);
            if (directive.matches()) {
                switch (directive.group(1)) {
                    case "ifdef", "ifndef", "if" -> conditions.push(named(directive.group(2)));
                    case "endif" -> conditions.poll();
                    default -> {}
                }
            } else if (!line.startsWith(" *") && conditions.stream().anyMatch(c -> !c.isEmpty())) {
                define(line, conditions);
            }
            words(line).forEach(seen::add);
        }
        seen.forEach(word -> mentions.merge(word, 1, Integer::sum));
    }

    /** A name belongs to the innermost condition that names an option. */
    private void define(String line, Deque<List<String>> conditions) {
        List<String> innermost =
                conditions.stream().filter(c -> !c.isEmpty()).findFirst().orElse(List.of());
        boolean declares = !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
        Matcher named = NAMED.matcher(line);
        if (declares && named.find()) {
            String name = named.group(1) != null ? named.group(1) : named.group(2);
            options.computeIfAbsent(name, n -> new TreeSet<>()).addAll(innermost);
        }
    }

    private static List<String> named(String condition) {
        return OPTION.matcher(condition)
                .results()
                .map(r -> r.group())
                .distinct()
                .toList();
    }

    public static List<String> words(String line) {
        return WORD.matcher(line).results().map(r -> r.group()).distinct().toList();
    }

    /** The options that a word's meaning depends on; an option's name depends on that option. */
    public Set<String> optionsOf(String word) {
        return word.startsWith("CONFIG_") ? Set.of(word) : options.getOrDefault(word, Collections.emptySet());
    }

    /** How much a word says about what a change is about: one that half of all headers use says little. */
    public double weight(String word) {
        return 1.0 / Math.max(1, mentions.getOrDefault(word, 1));
    }
}
