// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.Locale;
import org.patchoscope.bot.report.PathRows;
import org.patchoscope.bot.review.Review.PatchReview;

/** Counts of named paths as text, below those of functions. */
final class TextPaths {
    private static final String ROW = "%10s  %8s %10s  ";
    private static final String DETAIL = " ".repeat(34);

    private TextPaths() {}

    static void render(PatchReview patch, Page page) {
        PathRows.of(patch).forEach(t -> table("Instructions executed, vector to exit, " + t.where(), t, page));
    }

    /** One table, or a line of its remarks where it has no rows. */
    static void brief(String title, PathRows.Table table, Page page) {
        if (table.rows().isEmpty()) {
            page.gap().text(Page.Tone.QUIET, "", title + ": " + String.join(" ", table.remarks()));
        } else {
            table(title, table, page);
        }
    }

    /** One table with its remarks. */
    static void table(String title, PathRows.Table table, Page page) {
        page.gap();
        page.text(Page.Tone.QUIET, "", title);
        if (!table.rows().isEmpty()) {
            page.line(Page.Tone.QUIET, String.format(Locale.ROOT, ROW, "old", "\u00b1%", "new") + "name");
        }
        for (PathRows.Row row : table.rows()) {
            page.text(String.format(Locale.ROOT, ROW, row.before(), row.change(), row.after()), row.name());
            page.text(Page.Tone.QUIET, DETAIL, row.detail());
        }
        table.remarks().forEach(r -> page.text(Page.Tone.QUIET, "  ", r));
    }
}
