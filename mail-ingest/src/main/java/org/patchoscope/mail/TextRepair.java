// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.patchoscope.mail.text.Bytes;

/** Undoes what transports and mail programs do to text, on bytes: line endings, format=flowed, inline signatures. */
public final class TextRepair {

    private static final String SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";

    private TextRepair() {}

    /**
     * Takes one CR from each line end when the CRs are the transport's and not the patch's. They are when every line has
     * one, or when the header lines of a diff have one, which no diff of a CRLF file has.
     */
    public static byte[] lineEnds(byte[] bytes) {
        if (!Bytes.contains(bytes, '\r')) {
            return bytes;
        }
        List<Bytes.Line> lines = Bytes.lines(bytes);
        boolean all = true;
        boolean any = false;
        boolean inDiffHeader = false;
        for (Bytes.Line line : lines) {
            any |= line.hasCrLf();
            all &= line.hasCrLf() || !line.hasLf();
            inDiffHeader |= line.hasCrLf() && (line.startsWith("diff --git ") || line.startsWith("+++ "));
        }
        if (!any || !(all || inDiffHeader)) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (Bytes.Line line : lines) {
            int cut = line.hasCrLf() ? 2 : 0;
            out.write(bytes, line.start(), line.end() - line.start() - cut);
            if (cut > 0) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    /**
     * RFC 3676: takes the stuffed space from line starts and joins soft-broken lines, leaving the signature mark alone.
     * The same rules as {@code git mailinfo}.
     */
    public static byte[] unflow(byte[] bytes, boolean delSp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (Bytes.Line line : Bytes.lines(bytes)) {
            int start = line.start();
            int end = line.hasLf() ? line.end() - 1 : line.end();
            boolean signature = end - start == 3 && line.startsWith("-- ");
            if (!signature && end > start && bytes[start] == ' ') {
                start++;
            }
            boolean soft = !signature && end > start && bytes[end - 1] == ' ';
            out.write(bytes, start, end - start - (soft && delSp ? 1 : 0));
            if (!soft && line.hasLf()) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    /** Takes only the stuffed spaces: for diffs whose blank context lines look like soft breaks. */
    static byte[] unstuff(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (Bytes.Line line : Bytes.lines(bytes)) {
            int start = line.startsWith(" ") ? line.start() + 1 : line.start();
            out.write(bytes, start, line.end() - start);
        }
        return out.toByteArray();
    }

    /** RFC 4880, 7: takes the armour and the dash escapes from a clear-signed text. */
    public static byte[] unsign(byte[] bytes) {
        if (!Bytes.hasLine(bytes, SIGNED)) {
            return bytes;
        }
        List<Bytes.Line> lines = Bytes.lines(bytes);
        int begin = -1;
        for (int i = 0; begin < 0; i++) {
            if (lines.get(i).startsWith(SIGNED)) {
                begin = i;
            }
        }
        int at = begin + 1;
        while (at < lines.size() && !lines.get(at).isBlank()) {
            at++;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, lines.get(begin).start());
        for (int i = at + 1; i < lines.size(); i++) {
            Bytes.Line line = lines.get(i);
            if (line.startsWith("-----BEGIN PGP SIGNATURE-----")) {
                break;
            }
            int start = line.startsWith("- ") ? line.start() + 2 : line.start();
            out.write(bytes, start, line.end() - start);
        }
        return out.toByteArray();
    }
}
