// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Tracing;
import org.patchoscope.bot.review.Review.TracingChange;
import org.patchoscope.bot.review.Review.TracingChange.Turn;
import org.patchoscope.bot.review.Review.Unit;

/** What a patch does to tracing, as text. */
public final class TextTracing {
    private static final int SHOWN = 12;
    private static final int ALL = Integer.MAX_VALUE;
    private static final int NAME = 34;

    /** What goes before the list of calls. */
    static final String CALLS = "Called in functions that must not be instrumented:";

    static final String LEAVING = "Calls that leave code that must not be instrumented, where that is not allowed:";

    static final String PERHAPS =
            "Calls that do so if what is called, which is in none of the objects, is not noinstr:";

    static final String UNMARKED =
            "Calls of what may be instrumented, in code that must not be and that had none of them: right"
                    + " where instrumentation_begin() allows it, which these objects do not say:";

    private TextTracing() {}

    /** A section of a review; configurations of an architecture in which it is the same share it. */
    static void render(PatchReview patch, Page page) {
        sections(patch).forEach((where, tracing) -> {
            page.gap();
            page.text(Page.Tone.QUIET, "", "Tracing, " + where);
            lines(tracing, SHOWN, page);
        });
    }

    public static Map<String, Tracing> sections(PatchReview patch) {
        Map<String, List<String>> configurations = new LinkedHashMap<>();
        Map<String, Tracing> tracings = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            Tracing tracing = unit.tracing();
            if (tracing.says()) {
                String key = unit.arch() + "\0" + tracing;
                tracings.putIfAbsent(key, tracing);
                configurations
                        .computeIfAbsent(key, k -> new java.util.ArrayList<>())
                        .add(unit.configuration());
            }
        }
        Map<String, Tracing> out = new LinkedHashMap<>();
        tracings.forEach((key, tracing) -> out.put(
                key.substring(0, key.indexOf('\0')) + ", " + Words.joined(configurations.getOrDefault(key, List.of())),
                tracing));
        return out;
    }

    /** Everything there is to say, function by function. */
    static void lines(Tracing tracing, Page page) {
        lines(tracing, ALL, page);
    }

    private static void lines(Tracing tracing, int most, Page page) {
        for (Turn kind : Turn.values()) {
            Map<String, List<TracingChange>> reasons = reasons(tracing, kind);
            int count = reasons.values().stream().mapToInt(List::size).sum();
            if (count > 0) {
                page.text("  ", headline(kind, count));
            }
            reasons.forEach((reason, changes) -> {
                if (!reason.isEmpty()) {
                    page.text(Page.Tone.QUIET, "    ", reason + " (" + changes.size() + ")");
                }
                changes.stream().limit(most).forEach(c -> {
                    String name = TextTable.pad(Words.clean(c.function()), NAME);
                    page.text(
                            "      " + (name.length() <= NAME ? name : ""),
                            (name.length() <= NAME ? "" : name) + " " + c.object());
                });
                if (changes.size() > most) {
                    page.text("      ", "and " + (changes.size() - most) + " more, which --json lists");
                }
            });
        }
        lists(tracing).forEach((label, lines) -> {
            page.text("  ", label);
            lines.forEach(l -> page.text("    ", l));
        });
    }

    /** The lists of calls that are not empty, by what goes before them. */
    public static Map<String, List<String>> lists(Tracing tracing) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put(LEAVING, tracing.leaving());
        all.put(PERHAPS, tracing.perhaps());
        all.put(UNMARKED, tracing.unmarked());
        all.put(CALLS, tracing.calls());
        all.values().removeIf(List::isEmpty);
        return all;
    }

    public static String headline(Turn kind, int n) {
        String functions = Words.count(n, "function");
        return switch (kind) {
            case BECOMES_TRACEABLE -> functions + (n == 1 ? " becomes" : " become") + " traceable";
            case STOPS_BEING_TRACEABLE -> functions + (n == 1 ? " stops" : " stop") + " being traceable";
            case ADDED -> "new and traceable: " + functions;
            case REMOVED -> "gone, was traceable: " + functions;
        };
    }

    /** The changes of a kind by what kept, or keeps, the functions from being traced. */
    public static Map<String, List<TracingChange>> reasons(Tracing tracing, Turn kind) {
        Map<String, List<TracingChange>> all = new TreeMap<>();
        for (TracingChange c : tracing.changes()) {
            if (c.kind() == kind) {
                String reason = switch (kind) {
                    case BECOMES_TRACEABLE -> "before: " + c.before();
                    case STOPS_BEING_TRACEABLE -> "now: " + c.after();
                    case ADDED, REMOVED -> "";
                };
                all.computeIfAbsent(reason, k -> new java.util.ArrayList<>()).add(c);
            }
        }
        return all;
    }
}
