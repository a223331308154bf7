// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchoscope.mail.diff.Diff.Damage;
import org.patchoscope.mail.diff.Diff.FilePart;
import org.patchoscope.mail.diff.Diff.HunkPart;
import org.patchoscope.mail.text.Bytes;

/**
 * Finds the diff in a text as {@code git apply} reads it. Hunks are measured by the counts in their {@code @@} line, so
 * neither a mail signature nor a comment below is taken for patch. What git refuses is {@link Diff#damage()}, and so is what
 * git passes over although it looks like a part of a hunk: half a patch is never taken for a whole one.
 */
public final class DiffScanner {
    private final List<Bytes.Line> lines;
    private final List<FilePart> files = new ArrayList<>();
    private int at;
    private int first = -1;
    private int end;
    private boolean belowLog;
    private @Nullable Damage damage;
    private @Nullable Damage surplus;

    private DiffScanner(List<Bytes.Line> lines) {
        this.lines = lines;
    }

    /** The diff in a text, from its first header line on; empty when there is none. */
    public static Optional<Diff> find(byte[] bytes) {
        return new DiffScanner(Bytes.lines(bytes)).scan();
    }

    private Optional<Diff> scan() {
        while (at < lines.size()) {
            int start = at;
            if (!file() && !stray()) {
                at = start + 1;
            }
        }
        if (first < 0) {
            return Optional.empty();
        }
        // Nothing of a damaged diff is left out: whoever reads it sees what the sender may have meant.
        int last = damage == null ? end : Math.max(end, signature());
        return Optional.of(new Diff(
                lines.get(first).start(),
                lines.get(last - 1).end(),
                files,
                Optional.ofNullable(damage),
                Optional.ofNullable(surplus)));
    }

    /** Reads one file's diff at the current line; false when there is none. */
    private boolean file() {
        Bytes.Line line = lines.get(at);
        if (line.startsWith("diff --git ")) {
            int start = at;
            FileHeader header = FileHeader.git(lines, at);
            at = header.end();
            return begun(start, true, header);
        }
        if (line.startsWith("diff --cc ") || line.startsWith("diff --combined ")) {
            return combined();
        }
        if (line.startsWith("--- ") || line.startsWith("Index: ") || line.startsWith("diff -")) {
            Optional<FileHeader> header = FileHeader.traditional(lines, at);
            if (header.isPresent()) {
                int start = at;
                at = header.get().end();
                return begun(start, false, header.get());
            }
        }
        return false;
    }

    private boolean begun(int start, boolean git, FileHeader header) {
        first = first < 0 ? start : first;
        int body = at;
        header.wrong().ifPresent(w -> damage(body - 1, w));
        List<HunkPart> hunks = hunks();
        boolean empty = hunks.isEmpty() && !binary();
        if (empty && (header.named() || !header.says())) {
            damage(at < lines.size() ? at : at - 1, nothing(header));
        }
        end = Math.max(at, start + 1);
        at = end;
        files.add(new FilePart(git, begin(start), begin(body), begin(end), hunks));
        if (!hunks.isEmpty()) {
            surplus();
        }
        return true;
    }

    private String nothing(FileHeader header) {
        if (at < lines.size() && HunkHeader.wasOne(lines.get(at))) {
            return "damaged hunk header \"" + shown(at) + "\"";
        }
        return header.named() ? "no hunk follows the names of the file" : "nothing of the file follows its header";
    }

    /** A diff against several parents has no hunks that anything can apply; it is kept as it is. */
    private boolean combined() {
        int start = at;
        at++;
        while (at < lines.size() && !lines.get(at).startsWith("diff -") && !isSignature(lines.get(at))) {
            at++;
        }
        first = first < 0 ? start : first;
        end = at;
        files.add(new FilePart(true, begin(start), begin(start + 1), begin(end), List.of()));
        return true;
    }

    private List<HunkPart> hunks() {
        List<HunkPart> hunks = new ArrayList<>();
        while (at < lines.size()) {
            Optional<HunkHeader> header = HunkHeader.of(lines.get(at));
            if (header.isEmpty()) {
                break;
            }
            int start = at;
            HunkBody body = HunkBody.read(lines, start, header.get());
            at = body.end();
            body.wrong().ifPresent(w -> damage(body.at(), w));
            hunks.add(new HunkPart(header.get(), begin(start), begin(start + 1), begin(at)));
        }
        return hunks;
    }

    /** "GIT binary patch" with its data, or a line that says that binary files differ. */
    private boolean binary() {
        if (at >= lines.size()) {
            return false;
        }
        Bytes.Line line = lines.get(at);
        if (line.startsWith("GIT binary patch")) {
            BinaryData data = BinaryData.read(lines, at + 1);
            at = data.end();
            data.wrong().ifPresent(w -> damage(data.at(), w));
            return true;
        }
        if (line.startsWith("Binary files ")
                || (line.startsWith("Files ") && line.text().endsWith(" differ"))) {
            at++;
            return true;
        }
        return false;
    }

    /** Lines right below a hunk that look like more of it: git passes over them in silence. */
    private void surplus() {
        int start = at;
        boolean changes = false;
        while (at < lines.size() && isMore(at)) {
            changes |= !lines.get(at).startsWith(" ");
            at++;
        }
        if (at == start) {
            return;
        }
        Damage found = new Damage(start - first + 1, "the hunk has more lines than its header counts");
        surplus = surplus == null ? found : surplus;
        if (changes) {
            damage(start, found.reason());
        }
        end = at;
    }

    private boolean isMore(int index) {
        Bytes.Line line = lines.get(index);
        if (line.startsWith("--") || line.startsWith("+++ ")) {
            return false;
        }
        return line.startsWith("+")
                || line.startsWith("-")
                || (line.startsWith(" ") && !line.text().isBlank());
    }

    /** A hunk that stands in no file, sound or not: lines before it were lost or are too many. */
    private boolean stray() {
        Bytes.Line line = lines.get(at);
        Optional<HunkHeader> header = HunkHeader.of(line);
        if (first < 0) {
            // In a log it is a quotation; below "---", or with no log above it, it has lost its file.
            belowLog |= endsLog(line);
            if (!(belowLog || at == 0) || header.isEmpty()) {
                return false;
            }
            first = at;
        }
        if (header.isPresent()) {
            damage(
                    at,
                    "a hunk that belongs to no file: the one above has other lines than its header counts,"
                            + " or something stands between them");
            at = HunkBody.read(lines, at, header.get()).end();
            end = at;
            return true;
        }
        if (HunkHeader.wasOne(line)) {
            damage(at, "damaged hunk header \"" + shown(at) + "\"");
            at++;
            end = at;
            return true;
        }
        return false;
    }

    private boolean endsLog(Bytes.Line line) {
        return (line.startsWith("---") && line.text().stripTrailing().equals("---"))
                || line.startsWith("Index: ")
                || line.startsWith("diff -")
                || (line.startsWith("+++ ")
                        && at + 1 < lines.size()
                        && HunkHeader.of(lines.get(at + 1)).isPresent());
    }

    private void damage(int line, String reason) {
        if (damage == null) {
            damage = new Damage(line - first + 1, reason);
        }
    }

    private String shown(int line) {
        String text = lines.get(line).text();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** The line after the last that is not the mail's signature. */
    private int signature() {
        for (int i = end; i < lines.size(); i++) {
            if (isSignature(lines.get(i))) {
                return i;
            }
        }
        return lines.size();
    }

    private static boolean isSignature(Bytes.Line line) {
        String text = line.end() - line.start() > 5 ? "" : line.text();
        return text.equals("-- ") || text.equals("--");
    }

    private int begin(int line) {
        return line < lines.size() ? lines.get(line).start() : lines.getLast().end();
    }
}
