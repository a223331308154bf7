// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.List;
import java.util.regex.Pattern;

/** The hunk of a patch that a finding speaks of: the one in which its functions are named most. */
record Quote(List<List<String>> hunks) {
    private static final int LINES = 14;
    private static final int CONTEXT = 3;

    Quote {
        hunks = hunks.stream().map(List::copyOf).toList();
    }

    /** The best hunk's lines around the first that names one of {@code names}, nearest first; empty if none does. */
    List<String> about(List<String> names) {
        for (String name : names) {
            Pattern word = Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
            List<String> best = List.of();
            long most = 0;
            for (List<String> h : hunks) {
                long score = h.stream()
                        .filter(l -> word.matcher(l).find())
                        .mapToLong(Quote::weight)
                        .sum();
                if (score > most) {
                    most = score;
                    best = h;
                }
            }
            if (!best.isEmpty()) {
                return around(best, word);
            }
        }
        return List.of();
    }

    /** A changed line of a body says more than a changed signature, and that more than context. */
    private static long weight(String line) {
        boolean changed = line.startsWith("+") || line.startsWith("-");
        boolean inside = line.length() > 1 && Character.isWhitespace(line.charAt(1));
        return changed && inside ? 9 : changed ? 2 : 1;
    }

    private static List<String> around(List<String> hunk, Pattern word) {
        int at = 0;
        long heaviest = 0;
        for (int i = 0; i < hunk.size(); i++) {
            if (word.matcher(hunk.get(i)).find() && weight(hunk.get(i)) > heaviest) {
                heaviest = weight(hunk.get(i));
                at = i;
            }
        }
        int from = at < LINES ? 0 : at - CONTEXT;
        return hunk.subList(from, Math.min(hunk.size(), from + LINES));
    }
}
