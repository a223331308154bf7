// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.differ.diff.DiffBody;
import org.patchoscope.differ.diff.DiffHunk;
import org.patchoscope.differ.diff.FileDiff;
import org.patchoscope.differ.diff.HunkLine;
import org.patchoscope.differ.diff.Line;
import org.patchoscope.differ.git.DiffParser;
import org.patchoscope.mail.series.Patch;

/**
 * A patch in a form in which two can be compared: without line numbers and blob ids, which change when nothing does.
 *
 * @param message author, title and changelog
 * @param diff the files, each hunk with its file's name and function
 */
record PatchImage(Patch patch, byte[] message, byte[] diff, Map<Line, Integer> diffLines) {
    static PatchImage of(Patch patch) {
        byte[] diff = diff(patch);
        Map<Line, Integer> lines = new HashMap<>();
        Line.split(diff).forEach(l -> lines.merge(l, 1, Integer::sum));
        return new PatchImage(patch, message(patch), diff, lines);
    }

    byte[] whole() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + diff.length);
        out.writeBytes(message);
        out.writeBytes(diff);
        return out.toByteArray();
    }

    int size() {
        return diffLines.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** At least so many lines of the two diffs have no partner in the other. */
    int leastDistance(PatchImage other) {
        int common = 0;
        for (Map.Entry<Line, Integer> line : diffLines.entrySet()) {
            common += Math.min(line.getValue(), other.diffLines.getOrDefault(line.getKey(), 0));
        }
        return size() + other.size() - 2 * common;
    }

    private static byte[] message(Patch patch) {
        StringBuilder text = new StringBuilder(" ## Metadata ##\nAuthor: ")
                .append(patch.author())
                .append("\n\n ## Commit message ##\n    ")
                .append(patch.title())
                .append("\n\n");
        patch.changelog()
                .lines()
                .forEach(l -> text.append(l.isEmpty() ? "" : "    ").append(l).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] diff(Patch patch) {
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
            write(out, " ## " + heading(file) + " ##\n");
            if (file.body() instanceof DiffBody.Text text) {
                text.hunks().forEach(h -> hunk(out, file, h));
            } else {
                write(out, "    Binary files differ " + file.oldId() + ".." + file.newId() + "\n");
            }
        }
        return out.toByteArray();
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
            case MODIFY, RENAME, COPY -> {
                boolean mode = file.oldMode() != null && file.newMode() != null && file.oldMode() != file.newMode();
                yield mode ? name + " (mode change " + file.oldMode() + " => " + file.newMode() + ")" : name;
            }
        };
    }

    private static void hunk(ByteArrayOutputStream out, FileDiff file, DiffHunk hunk) {
        String header = hunk.text().lines().findFirst().orElse("");
        int function = header.indexOf("@@", 2);
        String where = function < 0 ? "" : header.substring(function + 2).strip();
        write(out, "@@ " + file.path() + (where.isEmpty() ? "" : ": " + where) + "\n");
        for (HunkLine line : hunk.lines()) {
            out.write(
                    switch (line.kind()) {
                        case CONTEXT -> ' ';
                        case REMOVED -> '-';
                        case ADDED -> '+';
                    });
            out.writeBytes(Line.join(List.of(line.line())));
            if (!line.line().isTerminated()) {
                write(out, "\n\\ No newline at end of file\n");
            }
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
