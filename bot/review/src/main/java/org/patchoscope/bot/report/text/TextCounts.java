// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.Locale;
import org.patchoscope.bot.report.CodeRows;
import org.patchoscope.bot.report.CountTables;
import org.patchoscope.bot.report.ExitRows;
import org.patchoscope.bot.report.Notable;
import org.patchoscope.bot.report.PathRows;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PatchReview;

/** Counts in the shape of the kernel test robot's tables. */
final class TextCounts {
    private static final String ROW = "%10s  %8s %10s  %s";

    private TextCounts() {}

    /** The counts that differ by enough to be looked at; {@code all} of them, and more tables, where that is asked for. */
    static void render(PatchReview patch, Page page, boolean all) {
        if (all) {
            render(patch, page);
            return;
        }
        PathRows.of(patch).stream()
                .map(t -> Notable.of(t, 1))
                .forEach(t -> TextPaths.brief("Instructions executed, vector to exit, " + t.where(), t, page));
        ExitRows.of(patch).stream().filter(t -> !t.lines().isEmpty()).forEach(t -> exits(t, page));
        CodeRows.of(patch)
                .forEach(t -> TextPaths.brief(t.title(), Notable.of(t.table(), t.bytes() ? Notable.BYTES : 1), page));
    }

    /** The counts that differ, per architecture; configurations with the same table share it. */
    static void render(PatchReview patch, Page page) {
        CountTables.tables(patch).forEach((where, counts) -> {
            page.gap();
            page.text(Page.Tone.QUIET, "", "Instructions, " + where);
            page.line(Page.Tone.QUIET, String.format(Locale.ROOT, ROW, "old", "\u00b1%", "new", "name"));
            for (Count count : counts) {
                String numbers =
                        String.format(Locale.ROOT, ROW, count.before(), CountTables.change(count), count.after(), "");
                page.text(numbers, CountTables.name(count));
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
}
