// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Root;

/** Why functions were not analysed, each reason told once. */
final class Reasons {
    private static final int NAMED = 3;

    private Reasons() {}

    static List<String> of(List<Root> roots) {
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
                        : e.getKey() + ": " + some(e.getValue()))
                .toList();
    }

    private static String some(Set<String> functions) {
        String named = functions.stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = functions.size() - NAMED;
        return more <= 0 ? named : named + " and " + more + (more == 1 ? " more function" : " more functions");
    }
}
