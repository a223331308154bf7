// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageReader;
import org.patchoscope.mail.Part;
import org.patchoscope.mail.text.Bytes;

/**
 * Mails within a mail: what {@code git format-patch} wrote, attached or put below the text, one or several in a row, and
 * forwarded mails. Each has a title, an author and a log of its own.
 */
final class Embedded {
    private static final Pattern SEPARATOR =
            Pattern.compile(">?From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001\\s*", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("(?i)(?:From|Date|Subject): .*", Pattern.DOTALL);
    private static final Pattern ANY_HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]*:(?: .*|)", Pattern.DOTALL);
    private static final int MOST_MAILS = 1000;

    private Embedded() {}

    /** The mails in a part, read; none when it is plain text or a diff. */
    static List<Message> in(Part part) {
        List<Bytes.Line> lines = Bytes.lines(part.bytes());
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size() && starts.size() < MOST_MAILS; i++) {
            if (isSeparator(lines, i)) {
                starts.add(i);
            }
        }
        if (starts.isEmpty()) {
            boolean whole = part.type().equals("message/rfc822") || part.attachment() && beginsWithHeaders(lines);
            return whole ? List.of(MessageReader.read(part.bytes())) : List.of();
        }
        List<Message> mails = new ArrayList<>();
        for (int n = 0; n < starts.size(); n++) {
            int from = lines.get(starts.get(n) + 1).start();
            int to = n + 1 < starts.size() ? lines.get(starts.get(n + 1)).start() : part.bytes().length;
            mails.add(MessageReader.read(Arrays.copyOfRange(part.bytes(), from, to)));
        }
        return mails;
    }

    private static boolean isSeparator(List<Bytes.Line> lines, int at) {
        Bytes.Line line = lines.get(at);
        return (line.startsWith("From ") || line.startsWith(">From "))
                && SEPARATOR.matcher(line.text()).matches()
                && HEADER.matcher(lines.get(at + 1).text()).matches();
    }

    /** Headers down to an empty line, a subject among them. */
    private static boolean beginsWithHeaders(List<Bytes.Line> lines) {
        boolean subject = false;
        for (int i = 0; i < lines.size(); i++) {
            Bytes.Line line = lines.get(i);
            if (line.isBlank()) {
                return subject;
            }
            boolean folded = i > 0 && (line.startsWith(" ") || line.startsWith("\t"));
            if (!folded && !ANY_HEADER.matcher(line.text()).matches()) {
                return false;
            }
            subject |= line.startsWith("Subject: ");
        }
        return false;
    }
}
