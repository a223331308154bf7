// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.bot.review.ExitComparison;
import org.patchoscope.bot.review.ExitComparison.Change;
import org.patchoscope.bot.review.ExitComparison.Way;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.semantics.trace.Event;

/** How entries leave the kernel, in words for text and HTML. */
public final class ExitRows {
    /**
     * An entry of one architecture, and of the configurations that share what is said of it.
     *
     * @param heading what it is about
     * @param lines what is to be said, in order; those of a condition begin with {@code when} or {@code and}
     * @param old what is wrong at exits and was before: for the page only
     */
    public record Told(String heading, List<String> lines, List<String> old) {}

    private ExitRows() {}

    /** Entries with a change, and those that could be thought to have the same one. */
    public static List<Told> of(PatchReview patch) {
        Map<List<ExitComparison>, Map<String, List<String>>> same = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            if (unit.code().exits().stream()
                    .anyMatch(e -> !e.changes().isEmpty()
                            || !e.notFollowed().isEmpty()
                            || e.after().stream().anyMatch(w -> !w.faults().isEmpty()))) {
                same.computeIfAbsent(unit.code().exits(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(unit.arch(), _ -> new ArrayList<>())
                        .add(unit.configuration());
            }
        }
        List<Told> all = new ArrayList<>();
        same.forEach((exits, archs) -> archs.forEach((arch, configurations) -> all.add(new Told(
                "Exits from the kernel, " + arch + ", " + Words.joined(configurations),
                lines(exits),
                faults(exits, true)))));
        return all;
    }

    private static List<String> lines(List<ExitComparison> exits) {
        Set<String> concerned = new TreeSet<>();
        exits.forEach(e -> e.changes().forEach(c -> {
            concerned.addAll(c.before().calls());
            concerned.removeAll(c.after().calls());
        }));
        List<String> lines = new ArrayList<>();
        changes(exits).forEach((told, entries) -> change(entries, told, lines));
        Map<String, List<String>> open = new LinkedHashMap<>();
        exits.stream()
                .filter(e -> !e.notFollowed().isEmpty())
                .forEach(e -> open.computeIfAbsent(e.notFollowed(), _ -> new ArrayList<>())
                        .add(e.entry()));
        open.forEach((why, entries) -> lines.add("Not analysed: " + Words.some(entries) + ": " + Words.sentence(why)));
        lines.addAll(faults(exits, false));
        for (ExitComparison e : exits) {
            if (e.changes().isEmpty() && e.notFollowed().isEmpty()) {
                concerned.forEach(c -> unchanged(e, c, lines));
            }
        }
        return lines;
    }

    /** What is wrong at the exits, and was before or is new. */
    private static List<String> faults(List<ExitComparison> exits, boolean old) {
        Map<String, Map<String, String>> entries = new LinkedHashMap<>();
        for (ExitComparison e : exits) {
            for (Way w : e.after()) {
                for (String fault : w.faults()) {
                    boolean before = e.before().stream()
                            .anyMatch(
                                    b -> b.exit().equals(w.exit()) && b.faults().contains(fault));
                    if (before == old) {
                        entries.computeIfAbsent(w.exit() + " " + fault, _ -> new LinkedHashMap<>())
                                .putIfAbsent(e.entry(), after(w));
                    }
                }
            }
        }
        List<String> lines = new ArrayList<>();
        entries.forEach((what, who) -> lines.add(fault(what, who, old)));
        return lines;
    }

    /** One line for all entries, which for the vectors of exceptions and interrupts are many. */
    private static String fault(String what, Map<String, String> entries, boolean old) {
        boolean one = entries.size() == 1;
        String leaves = old ? one ? "leaves" : "leave" : "can now leave";
        String ends = old ? ", as before" : ", which " + (one ? "it" : "they") + " did not before";
        if (one) {
            return entries.keySet().iterator().next() + "() " + leaves + " through " + what
                    + entries.values().iterator().next() + ends;
        }
        String who = Words.calls(entries.keySet());
        return who + " " + leaves + " through " + what + ends;
    }

    private static String after(Way w) {
        return w.calls().isEmpty() ? "" : ", after " + call(w.calls().getLast());
    }

    /** Changes with the entries that have them; where many differ in the function that they call alone, the first's stands for all. */
    private static Map<Change, List<String>> changes(List<ExitComparison> exits) {
        Map<List<Object>, Change> firsts = new LinkedHashMap<>();
        Map<Change, List<String>> all = new LinkedHashMap<>();
        for (ExitComparison e : exits) {
            for (Change c : e.changes()) {
                List<Object> ends = List.of(
                        c.before().exit(),
                        c.after().exit(),
                        c.before().instructions(),
                        c.after().instructions(),
                        c.conditions().size(),
                        c.executed());
                all.computeIfAbsent(firsts.computeIfAbsent(ends, _ -> c), _ -> new ArrayList<>())
                        .add(e.entry());
            }
        }
        return all;
    }

    private static void change(List<String> entries, Change c, List<String> lines) {
        lines.add(Words.calls(entries) + " now "
                + ends(c.after().exit(), entries.size() == 1 ? "leaves" : "leave") + ", and before "
                + (entries.size() == 1 ? "it " : "they ") + ends(c.before().exit(), "left")
                + (entries.size() == 1 ? "" : "; of the first:"));
        String word = "when ";
        for (List<String> condition : c.conditions()) {
            for (String literal : condition) {
                lines.add(word + literal);
                word = "and ";
            }
            word = "or when ";
        }
        lines.add("before " + way(c.before()));
        lines.add("after " + way(c.after()));
        lines.add("executed there (alternatives as compiled): " + executed(c.executed()));
    }

    private static String ends(String exit, String leaves) {
        boolean trap = exit.startsWith("ud") || exit.startsWith("int");
        String stops = leaves.equals("left") ? "ended" : leaves.equals("leave") ? "end" : "ends";
        return trap ? stops + " in the trap " + exit : leaves + " through " + exit;
    }

    private static String way(Way w) {
        String calls = w.calls().stream().map(ExitRows::call).collect(Collectors.joining(", "));
        return (calls.isEmpty() ? "" : calls + ", ") + w.exit() + "; " + Words.count(w.instructions(), "instruction");
    }

    private static String call(String name) {
        return name.equals(Event.THROUGH_POINTER) ? "indirect call" : name + "()";
    }

    /** What is saved first, the most of it first. */
    private static String executed(List<Count> counts) {
        return counts.stream()
                .filter(c -> c.before() != c.after())
                .sorted((a, b) -> Integer.compare(a.after() - a.before(), b.after() - b.before()))
                .map(c -> String.format(Locale.ROOT, "%s %+d", c.name(), c.after() - c.before()))
                .collect(Collectors.joining(", "));
    }

    /** An entry that calls what the changed one no longer does on that way. */
    private static void unchanged(ExitComparison e, String call, List<String> lines) {
        Set<String> before = exits(e.before(), call);
        Set<String> after = exits(e.after(), call);
        if (!after.isEmpty() && before.equals(after)) {
            lines.add(e.entry() + "() has no such path: after " + call(call) + " it leaves through "
                    + Words.and(List.copyOf(after)) + (after.size() == 1 ? " alone" : "") + ", as before");
        }
    }

    private static Set<String> exits(List<Way> ways, String call) {
        return ways.stream()
                .filter(w -> w.calls().contains(call))
                .map(Way::exit)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
