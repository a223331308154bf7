// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The hunk of a patch that a finding speaks of: the one in which its functions are named most, and rather one of a
 * function that the finding is in. There a name also stands for its variants with other underscores before it.
 */
record Quote(List<List<String>> hunks) {
    private static final int LINES = 14;
    private static final int CONTEXT = 3;
    private static final int WITHIN = 20;

    Quote {
        hunks = hunks.stream().map(List::copyOf).toList();
    }

    /** The best hunk's lines around the first that names one of {@code names}, nearest first; empty if none does. */
    List<String> about(List<String> names) {
        for (String name : names) {
            List<String> best = List.of();
            Pattern bestWord = word(name);
            long most = 0;
            for (List<String> h : hunks) {
                boolean own = names.stream().anyMatch(n -> isOf(h, n));
                Pattern word = own ? variants(name) : word(name);
                long named = IntStream.range(0, h.size())
                        .filter(i -> word.matcher(h.get(i)).find())
                        .mapToLong(i -> weight(h, i))
                        .sum();
                long score = named > 0 && own ? named + WITHIN : named;
                if (score > most) {
                    most = score;
                    best = h;
                    bestWord = word;
                }
            }
            if (!best.isEmpty()) {
                return around(best, bestWord);
            }
        }
        return List.of();
    }

    private static Pattern word(String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
    }

    /** Whether the function that a hunk's first line names is this one. */
    private static boolean isOf(List<String> hunk, String function) {
        return Pattern.compile("\\b" + Pattern.quote(function) + "\\(")
                .matcher(hunk.getFirst())
                .find();
    }

    private static Pattern variants(String name) {
        return Pattern.compile("\\b_*" + Pattern.quote(name.replaceFirst("^_+", "")) + "\\b");
    }

    /** A changed line of a body says most, then one right before it, then a changed signature. */
    private static long weight(List<String> hunk, int at) {
        if (isChanged(hunk.get(at))) {
            return isInside(hunk.get(at)) ? 9 : 2;
        }
        boolean before = at + 1 < hunk.size() && isChanged(hunk.get(at + 1)) && isInside(hunk.get(at + 1));
        return before && isInside(hunk.get(at)) ? 6 : 1;
    }

    private static boolean isChanged(String line) {
        return line.startsWith("+") || line.startsWith("-");
    }

    private static boolean isInside(String line) {
        return line.length() > 1 && Character.isWhitespace(line.charAt(1));
    }

    private static List<String> around(List<String> hunk, Pattern word) {
        int at = 0;
        long heaviest = 0;
        for (int i = 0; i < hunk.size(); i++) {
            if (word.matcher(hunk.get(i)).find() && weight(hunk, i) > heaviest) {
                heaviest = weight(hunk, i);
                at = i;
            }
        }
        int from = at < LINES ? 0 : at - CONTEXT;
        return hunk.subList(from, Math.min(hunk.size(), from + LINES));
    }
}
