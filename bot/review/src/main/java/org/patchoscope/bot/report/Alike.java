// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.TraceLine;

/**
 * Findings of a patch that show one change at several functions: the same happens, first where the same events differ,
 * at the same place or under the same condition; or the same happens to several calls of one function, by the same hunk.
 * One is told in full, and of the others what is not the same.
 */
public final class Alike {
    /** Vectors call handlers of their own, and read memory after them. */
    private static final Pattern AFTER_CALL = Pattern.compile(" after \\w+\\(\\)");

    private final Map<Integer, Numbered> firsts;

    private Alike(Map<Integer, Numbered> firsts) {
        this.firsts = firsts;
    }

    public static Alike among(List<Numbered> findings) {
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
    public Optional<Numbered> first(Numbered finding) {
        return Optional.ofNullable(firsts.get(finding.number()));
    }

    /** What is not as in {@code first}, the earlier finding: "in f()", "of g()", or "of g() in f()". */
    public static String otherwise(Numbered first, Numbered finding) {
        String callee = callee(finding);
        boolean sameFunctions = first.functions().equals(finding.functions());
        String in = sameFunctions ? "" : " in " + Words.calls(finding.functions());
        return (callee.equals(callee(first)) ? "" : " of " + callee + "()") + in;
    }

    private static boolean alike(Numbered a, Numbered b) {
        FindingText one = a.finding();
        FindingText two = b.finding();
        Optional<TraceLine> before = differs(one.before());
        Optional<TraceLine> after = differs(one.after());
        Optional<TraceLine> otherBefore = differs(two.before());
        Optional<TraceLine> otherAfter = differs(two.after());
        boolean events =
                text(before, a).equals(text(otherBefore, b)) && text(after, a).equals(text(otherAfter, b));
        boolean where = callee(a).equals(callee(b))
                ? samePlace(before, otherBefore) || samePlace(after, otherAfter) || sameCondition(a, b)
                : !one.hunk().isEmpty()
                        && one.hunk().equals(two.hunk())
                        && (sameFunction(before, otherBefore) || sameFunction(after, otherAfter));
        return a.patch() == b.patch()
                && a.arch().equals(b.arch())
                && one.kind() == two.kind()
                && happens(a).equals(happens(b))
                && (before.isPresent() || after.isPresent())
                && events
                && where;
    }

    /** The function whose call is what differs; empty where something else does. */
    private static String callee(Numbered finding) {
        return Stream.of(finding.finding().before(), finding.finding().after())
                .flatMap(t -> differs(t).stream())
                .map(TraceLine::text)
                .filter(t ->
                        t.matches("\\w+\\(.*") && finding.finding().summary().startsWith(name(t) + "() "))
                .map(Alike::name)
                .findFirst()
                .orElse("");
    }

    private static String name(String call) {
        return call.substring(0, call.indexOf('('));
    }

    /** What differs, without the name of the function called. */
    private static Optional<String> text(Optional<TraceLine> line, Numbered finding) {
        String callee = callee(finding);
        return line.map(TraceLine::text)
                .map(t -> !callee.isEmpty() && t.startsWith(callee + "(") ? t.substring(callee.length()) : t)
                .map(t -> AFTER_CALL.matcher(t).replaceAll(" after a call"));
    }

    private static boolean sameFunction(Optional<TraceLine> a, Optional<TraceLine> b) {
        return a.isPresent() && a.map(Alike::function).equals(b.map(Alike::function));
    }

    private static String function(TraceLine line) {
        return line.place().replaceAll("\\+0x.*", "");
    }

    /** One is enough: what happens instead may be that the function returns, which each does at its own place. */
    private static boolean samePlace(Optional<TraceLine> a, Optional<TraceLine> b) {
        return a.isPresent() && a.map(TraceLine::place).equals(b.map(TraceLine::place));
    }

    public static boolean sameCondition(Numbered a, Numbered b) {
        return a.finding().conditions().equals(b.finding().conditions());
    }

    /** What happens, without where and to the call of which function. */
    private static String happens(Numbered finding) {
        String summary = finding.finding().summary().substring(callee(finding).length());
        return finding.functions().stream()
                .map(f -> " in " + f + "()")
                .filter(summary::endsWith)
                .findFirst()
                .map(where -> summary.substring(0, summary.length() - where.length()))
                .orElse(summary);
    }

    private static Optional<TraceLine> differs(List<TraceLine> events) {
        return events.stream().filter(TraceLine::differs).findFirst();
    }
}
