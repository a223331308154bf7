// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.html;

import java.util.List;
import java.util.Map;
import org.patchoscope.bot.report.BesideRows;
import org.patchoscope.bot.report.Words;

/** The architectures beside each other, as the template shows them. */
final class HtmlBeside {
    private HtmlBeside() {}

    static Map<String, Object> section(BesideRows.Section section) {
        return Map.of(
                "heading", Words.clean(section.heading()),
                "anchor", section.anchor(),
                "lines",
                        section.lines().stream()
                                .map(l -> Map.of("item", l.item(), "text", Words.clean(l.text())))
                                .toList(),
                "tables", section.tables().stream().map(HtmlBeside::table).toList());
    }

    private static Map<String, Object> table(BesideRows.Columns table) {
        return Map.of(
                "caption", Words.clean(table.caption()),
                "heads", clean(table.heads()),
                "rows", table.rows().stream().map(HtmlBeside::clean).toList());
    }

    private static List<String> clean(List<String> texts) {
        return texts.stream().map(Words::clean).toList();
    }
}
