// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.List;
import org.patchoscope.bot.report.BesideRows;
import org.patchoscope.bot.report.Steps;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;

/** The architectures beside each other, as text. */
final class TextBeside {
    private static final int INDENT = 2;

    private TextBeside() {}

    static void render(Review review, Page page) {
        Steps steps = new Steps(review);
        review.beside().stream().map(v -> BesideRows.of(v, steps)).forEach(s -> section(s, page));
    }

    private static void section(BesideRows.Section section, Page page) {
        page.heading(section.heading());
        section.lines().forEach(l -> page.text(l.item() ? "- " : "", l.text()));
        for (BesideRows.Columns table : section.tables()) {
            page.gap();
            page.text(Page.Tone.QUIET, "", table.caption());
            page.line(Page.Tone.QUIET, row(table.heads(), page.width()));
            table.rows().forEach(r -> page.line(row(r, page.width())));
        }
    }

    private static String row(List<String> cells, int width) {
        int each = (width - INDENT) / cells.size();
        StringBuilder row = new StringBuilder(" ".repeat(INDENT));
        for (String cell : cells) {
            String text = Words.clean(cell);
            row.append(TextTable.pad(text.length() < each ? text : text.substring(0, each - 1), each));
        }
        return row.toString();
    }
}
