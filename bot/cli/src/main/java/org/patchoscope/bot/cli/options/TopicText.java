// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.util.Locale;
import java.util.stream.Collectors;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.series.BaseHint;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesLookup;

/** The versions of a topic as text of at most 80 columns. */
public final class TopicText {
    private static final int WIDTH = 80;

    private TopicText() {}

    public static String of(SeriesLookup.Found found) {
        StringBuilder text = new StringBuilder();
        for (Series series : found.topic().series()) {
            text.append(series.equals(found.series()) ? "* " : "  ");
            text.append(cut("v" + series.version() + "  " + series.title(), WIDTH - 2))
                    .append(System.lineSeparator());
            line(text, "author", series.author());
            line(text, "sent", series.date().toString().substring(0, 10));
            line(text, "root", series.root().toString());
            line(text, "parts", parts(series));
            line(text, "base", base(series.base()));
            line(text, "lists", String.join(" ", series.lists()));
            line(text, "prefixes", String.join(" ", series.prefixes()));
            series.notes().forEach(n -> line(text, "note", n));
            for (Message cover : series.cover()) {
                patch(text, 0, cover.subjectLine().title());
            }
            for (Patch patch : series.patches()) {
                patch(text, patch.number(), patch.title());
            }
        }
        return text.toString();
    }

    private static String parts(Series series) {
        String missing = series.missing().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return series.patches().size() + " of " + series.total() + (missing.isEmpty() ? "" : ", missing " + missing);
    }

    private static String base(BaseHint hint) {
        return switch (hint) {
            case BaseHint.Commit commit -> commit.id();
            case BaseHint.VersionName version -> "Linux " + version.text();
            case BaseHint.None none -> "";
        };
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(String.format(Locale.ROOT, "    %-9s", name))
                    .append(cut(value, WIDTH - 13))
                    .append(System.lineSeparator());
        }
    }

    private static void patch(StringBuilder text, int number, String title) {
        text.append(String.format(Locale.ROOT, "    %7d  ", number))
                .append(cut(title, WIDTH - 13))
                .append(System.lineSeparator());
    }

    public static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
