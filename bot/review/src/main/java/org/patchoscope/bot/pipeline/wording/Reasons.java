// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Root;

/** Why functions were not analysed, each reason told once. */
public final class Reasons {
    private static final int NAMED = 3;
    private static final Pattern AT = Pattern.compile("(.*) \\(at ([^()]*)\\)");

    private Reasons() {}

    public static List<String> of(List<Root> roots) {
        Map<String, TreeSet<String>> functions = new LinkedHashMap<>();
        roots.stream()
                .filter(r -> r.verdict() == Review.Verdict.NOT_ANALYSED)
                .forEach(r -> r.reasons()
                        .forEach(why -> functions
                                .computeIfAbsent(why, k -> new TreeSet<>())
                                .add(r.function() + "()")));
        return functions.entrySet().stream()
                .map(e -> e.getValue().size() == 1
                        ? e.getValue().getFirst() + ": " + e.getKey()
                        : e.getKey() + ": " + some(e.getValue(), "function"))
                .toList();
    }

    /** The reasons of one function: one that holds at several places is told once, with the places. */
    static List<String> together(Set<String> reasons) {
        Map<String, TreeSet<String>> places = new TreeMap<>();
        for (String why : reasons) {
            Matcher at = AT.matcher(why);
            boolean placed = at.matches();
            TreeSet<String> where = places.computeIfAbsent(placed ? at.group(1) : why, k -> new TreeSet<>());
            if (placed) {
                where.add(at.group(2));
            }
        }
        return places.entrySet().stream()
                .map(e ->
                        e.getValue().isEmpty() ? e.getKey() : e.getKey() + " (at " + some(e.getValue(), "place") + ")")
                .toList();
    }

    private static String some(Set<String> all, String what) {
        String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = all.size() - NAMED;
        return more <= 0 ? named : named + " and " + more + " more " + what + (more == 1 ? "" : "s");
    }
}
