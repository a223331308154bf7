// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.TraceLine;

/**
 * Findings of a patch that show one change at several functions: the same happens, first where the same events differ,
 * at the same place or under the same condition. One is told in full, and of the others what is not the same.
 */
final class Alike {
    private final Map<Integer, Numbered> firsts;

    private Alike(Map<Integer, Numbered> firsts) {
        this.firsts = firsts;
    }

    static Alike among(List<Numbered> findings) {
        Map<Integer, Numbered> firsts = new LinkedHashMap<>();
        for (Numbered f : findings) {
            findings.stream()
                    .filter(e -> e.number() < f.number() && !firsts.containsKey(e.number()) && alike(e, f))
                    .findFirst()
                    .ifPresent(e -> firsts.put(f.number(), e));
        }
        return new Alike(firsts);
    }

    /** The earlier finding that is told in full instead; empty for one that is told itself. */
    Optional<Numbered> first(Numbered finding) {
        return Optional.ofNullable(firsts.get(finding.number()));
    }

    private static boolean alike(Numbered a, Numbered b) {
        FindingText one = a.finding();
        FindingText two = b.finding();
        Optional<TraceLine> before = differs(one.before());
        Optional<TraceLine> after = differs(one.after());
        Optional<TraceLine> otherBefore = differs(two.before());
        Optional<TraceLine> otherAfter = differs(two.after());
        boolean events = before.map(TraceLine::text).equals(otherBefore.map(TraceLine::text))
                && after.map(TraceLine::text).equals(otherAfter.map(TraceLine::text));
        boolean places = samePlace(before, otherBefore) || samePlace(after, otherAfter);
        return a.patch() == b.patch()
                && a.arch().equals(b.arch())
                && one.kind() == two.kind()
                && happens(a).equals(happens(b))
                && (before.isPresent() || after.isPresent())
                && events
                && (places || sameCondition(a, b));
    }

    /** One is enough: what happens instead may be that the function returns, which each does at its own place. */
    private static boolean samePlace(Optional<TraceLine> a, Optional<TraceLine> b) {
        return a.isPresent() && a.map(TraceLine::place).equals(b.map(TraceLine::place));
    }

    static boolean sameCondition(Numbered a, Numbered b) {
        return a.finding().conditions().equals(b.finding().conditions());
    }

    /** What happens, without where. */
    private static String happens(Numbered finding) {
        String summary = finding.finding().summary();
        for (String function : finding.functions()) {
            String where = " in " + function + "()";
            if (summary.endsWith(where)) {
                return summary.substring(0, summary.length() - where.length());
            }
        }
        return summary;
    }

    private static Optional<TraceLine> differs(List<TraceLine> events) {
        return events.stream().filter(TraceLine::differs).findFirst();
    }
}
