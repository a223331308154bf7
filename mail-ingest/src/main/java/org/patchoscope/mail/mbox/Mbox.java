// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.mbox;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.mail.text.Bytes;

/**
 * The separators of an mbox of any kind met on kernel lists: mboxo, mboxrd ({@code From mboxrd@z}), b4's ({@code From git@z}) and
 * {@code git format-patch --stdout} ({@code From <40 hex>}). A separator has that shape and an empty line before it. Once
 * the first line tells the kind, only separators of the same kind count, so that a quoted one splits nothing.
 */
final class Mbox {

    private static final String DATE =
            " +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
                    + " +\\d{1,2} +\\d{1,2}:\\d{2}(?::\\d{2})? +(?:\\S+ +)?\\d{4}(?: .*)?$";
    private static final Pattern SEPARATOR = Pattern.compile("^From (\\S.{0,300}?)" + DATE);
    private static final Pattern QUOTED = Pattern.compile("^>+From .*");

    /** How {@code From } at the start of a body line was escaped. */
    enum Kind {
        RD("mboxrd@z", true),
        B4("git@z", false),
        FORMAT_PATCH("[0-9a-f]{40,64}", false),
        /** mboxo or mboxrd: both write {@code >From } for {@code From }. */
        OTHER(".*", true);

        private final Pattern sender;
        private final boolean escaped;

        Kind(String sender, boolean escaped) {
            this.sender = Pattern.compile(sender);
            this.escaped = escaped;
        }

        static Kind of(String sender) {
            for (Kind kind : values()) {
                if (kind.sender.matcher(sender).matches()) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    private Mbox() {}

    /** Whether the bytes start like an mbox. */
    static boolean looksLike(byte[] bytes) {
        List<Bytes.Line> lines = firstLine(bytes);
        return !lines.isEmpty() && SEPARATOR.matcher(lines.getFirst().text()).matches();
    }

    /** The kind of mbox that begins with this separator. */
    static Kind kind(Bytes.Line separator) {
        Matcher first = SEPARATOR.matcher(separator.text());
        return first.matches() ? Kind.of(first.group(1)) : Kind.OTHER;
    }

    static boolean isSeparator(Bytes.Line line, Kind kind) {
        if (!line.startsWith("From ")) {
            return false;
        }
        Matcher m = SEPARATOR.matcher(line.text());
        return m.matches() && kind.sender.matcher(m.group(1)).matches();
    }

    /** Whether the first character of the line was put there by whoever wrote the mbox. */
    static boolean isEscaped(Bytes.Line line, Kind kind) {
        return kind.escaped && line.startsWith(">") && isQuoted(line, kind);
    }

    private static boolean isQuoted(Bytes.Line line, Kind kind) {
        // Only mboxrd escapes a line that was quoted before; in the unknown kind ">>From" may be a reply's own text.
        return line.startsWith(">From ")
                || (kind == Kind.RD && QUOTED.matcher(line.text()).matches());
    }

    private static List<Bytes.Line> firstLine(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && end < 2000) {
            end++;
        }
        return end == 0 ? List.of() : List.of(new Bytes.Line(bytes, 0, Math.min(end + 1, bytes.length)));
    }
}
