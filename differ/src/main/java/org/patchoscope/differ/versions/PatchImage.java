// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchoscope.differ.diff.DiffBody;
import org.patchoscope.differ.diff.DiffHunk;
import org.patchoscope.differ.diff.FileDiff;
import org.patchoscope.differ.diff.FileMode;
import org.patchoscope.differ.diff.HunkLine;
import org.patchoscope.differ.diff.Line;
import org.patchoscope.differ.git.DiffParser;
import org.patchoscope.mail.series.Patch;

/**
 * A patch in the form in which git's range-diff compares two: without line numbers and blob ids, which change when nothing does.
 *
 * @param diff the files, each hunk with its file's name and function; of a patch that changes no file, author, title and changelog
 * @param whole author, title, changelog and diff
 * @param size how many lines the diff has, without empty ones between files
 */
record PatchImage(Patch patch, byte[] diff, byte[] whole, int size, Map<Line, Integer> diffLines) {
    private static final int TAB = 8;

    private static final Line EMPTY = Line.of(new byte[] {'\n'}, 0, 1);

    static PatchImage of(Patch patch) {
        byte[] message = message(patch);
        byte[] diff = diff(patch);
        Map<Line, Integer> lines = new HashMap<>();
        Line.split(diff.length == 0 ? message : diff).forEach(l -> lines.merge(l, 1, Integer::sum));
        if (diff.length == 0) {
            return new PatchImage(patch, message, message, 0, lines);
        }
        int size = lines.values().stream().mapToInt(Integer::intValue).sum() - lines.getOrDefault(EMPTY, 0);
        ByteArrayOutputStream whole = new ByteArrayOutputStream(message.length + 1 + diff.length);
        whole.writeBytes(message);
        whole.write('\n');
        whole.writeBytes(diff);
        return new PatchImage(patch, diff, whole.toByteArray(), size, lines);
    }

    /** At least so many lines of the two diffs have no partner in the other. */
    int leastDistance(PatchImage other) {
        int lonely = 0;
        for (Map.Entry<Line, Integer> line : diffLines.entrySet()) {
            lonely += Math.max(0, line.getValue() - other.diffLines.getOrDefault(line.getKey(), 0));
        }
        for (Map.Entry<Line, Integer> line : other.diffLines.entrySet()) {
            lonely += Math.max(0, line.getValue() - diffLines.getOrDefault(line.getKey(), 0));
        }
        return lonely;
    }

    private static byte[] message(Patch patch) {
        StringBuilder text = new StringBuilder(" ## Metadata ##\nAuthor: ")
                .append(patch.author())
                .append("\n\n ## Commit message ##\n    ")
                .append(patch.title())
                .append("\n");
        String changelog = patch.changelog().stripTrailing();
        if (!changelog.isEmpty()) {
            text.append('\n');
            changelog
                    .lines()
                    .map(l -> withoutTabs(l.stripTrailing()))
                    .forEach(l ->
                            text.append(l.isEmpty() ? "" : "    ").append(l).append('\n'));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As git log shows a message, which is what its range-diff reads. */
    private static String withoutTabs(String line) {
        if (line.indexOf('\t') < 0) {
            return line;
        }
        StringBuilder out = new StringBuilder();
        line.codePoints().forEach(c -> {
            if (c == '\t') {
                out.repeat(' ', TAB - out.codePointCount(0, out.length()) % TAB);
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static byte[] diff(Patch patch) {
        if (!patch.hasDiff()) {
            return new byte[0];
        }
        return switch (DiffParser.parse(patch.diff())) {
            case DiffParser.Result.Parsed parsed -> files(parsed.files());
            // What cannot be taken apart is compared as it was sent.
            case DiffParser.Result.Malformed bad -> patch.diff();
            case DiffParser.Result.Unsupported other -> patch.diff();
        };
    }

    private static byte[] files(List<FileDiff> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (FileDiff file : files) {
            write(out, (out.size() == 0 ? "" : "\n") + " ## " + heading(file) + " ##\n");
            switch (file.body()) {
                case DiffBody.Text text -> text.hunks().forEach(h -> hunk(out, file, h));
                case DiffBody.None none -> {}
                // Git names no content here, and so takes two different ones for the same.
                case DiffBody.Binary binary -> binary(out, file);
                case DiffBody.BinaryLeftOut left -> binary(out, file);
            }
        }
        return out.toByteArray();
    }

    private static void binary(ByteArrayOutputStream out, FileDiff file) {
        write(out, " Binary files differ " + file.oldId() + ".." + file.newId() + "\n");
    }

    private static String heading(FileDiff file) {
        String name = file.oldPath().equals(file.newPath())
                        || file.oldPath().isEmpty()
                        || file.newPath().isEmpty()
                ? file.path()
                : file.oldPath() + " => " + file.newPath();
        return switch (file.type()) {
            case ADD -> file.path() + " (new)";
            case DELETE -> file.path() + " (deleted)";
            case MODIFY, RENAME, COPY -> name + modeChange(file.oldMode(), file.newMode());
        };
    }

    private static String modeChange(@Nullable FileMode before, @Nullable FileMode after) {
        return before == null || after == null || before == after
                ? ""
                : String.format(Locale.ROOT, " (mode change %06o => %06o)", before.bits(), after.bits());
    }

    private static void hunk(ByteArrayOutputStream out, FileDiff file, DiffHunk hunk) {
        String header = hunk.text().lines().findFirst().orElse("");
        int function = header.indexOf("@@", 2);
        String where = function < 0 ? "" : header.substring(function + 2).strip();
        write(out, where.isEmpty() ? "@@\n" : "@@ " + file.path() + ": " + where + "\n");
        for (HunkLine line : hunk.lines()) {
            out.write(
                    switch (line.kind()) {
                        case CONTEXT -> ' ';
                        case REMOVED -> '-';
                        case ADDED -> '+';
                    });
            out.writeBytes(Line.join(List.of(line.line())));
            if (!line.line().isTerminated()) {
                write(out, "\n \\ No newline at end of file\n");
            }
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
