// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;

/** Counts in the shape of the kernel test robot's tables. */
final class TextCounts {
    private static final String ROW = "%10s  %8s %10s  %s";

    private TextCounts() {}

    /** The counts that differ, per architecture; configurations with the same table share it. */
    static void render(PatchReview patch, Page page) {
        tables(patch).forEach((where, counts) -> {
            page.gap();
            page.text(Page.Tone.QUIET, "", "Instructions, " + where);
            page.line(Page.Tone.QUIET, String.format(Locale.ROOT, ROW, "old", "\u00b1%", "new", "name"));
            for (Count count : counts) {
                String numbers = String.format(Locale.ROOT, ROW, count.before(), change(count), count.after(), "");
                page.text(numbers, name(count));
            }
        });
        TextPaths.render(patch, page);
        ExitRows.of(patch).stream().filter(t -> !t.lines().isEmpty()).forEach(t -> exits(t, page));
        CodeRows.of(patch).forEach(t -> TextPaths.table(t.title(), t.table(), page));
    }

    private static void exits(ExitRows.Told told, Page page) {
        page.gap();
        page.text(Page.Tone.QUIET, "", told.heading());
        told.lines()
                .forEach(l -> page.text(
                        l.startsWith("when ") || l.startsWith("and ") || l.startsWith("or when ") ? "    " : "  ", l));
    }

    static Map<String, List<Count>> tables(PatchReview patch) {
        Map<List<Count>, Map<String, List<String>>> same = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            List<Count> changed =
                    unit.counts().stream().filter(c -> c.before() != c.after()).toList();
            if (!changed.isEmpty()) {
                same.computeIfAbsent(changed, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(unit.arch(), _ -> new ArrayList<>())
                        .add(unit.configuration());
            }
        }
        Map<String, List<Count>> out = new LinkedHashMap<>();
        same.forEach((counts, archs) ->
                archs.forEach((arch, configs) -> out.put(arch + ", " + Words.joined(configs), counts)));
        return out;
    }

    static String change(Count count) {
        if (count.before() == 0) {
            return "new";
        }
        double percent = 100.0 * (count.after() - count.before()) / count.before();
        return String.format(Locale.ROOT, "%+.1f%%", percent);
    }

    static String name(Count count) {
        return count.kind().equals("instructions") ? count.name() : count.name() + ", " + count.kind();
    }
}
