// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchoscope.differ.diff.ChangeType;
import org.patchoscope.differ.diff.DiffBody;
import org.patchoscope.differ.diff.DiffHunk;
import org.patchoscope.differ.diff.FileDiff;
import org.patchoscope.differ.diff.FileMode;
import org.patchoscope.differ.diff.Line;
import org.patchoscope.differ.git.DiffParser;
import org.patchoscope.mail.series.Patch;

/**
 * Commits made of mailed patches without the tree they were written for. What a patch's hunks do not show is filled with lines
 * that say nothing; the change from what one patch leaves to what the next expects is a merge, which range-diff leaves out.
 */
final class MadeCommits {
    private static final String AUTHOR = "A <a@x.org>";

    private final Path repository;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private int mark;

    MadeCommits(Path folder) throws Exception {
        repository = folder.resolve("made.git");
        git("init", "-q", "--bare", repository.toString());
        commit(AUTHOR, "base", utf8("first"), List.of(), List.of());
        commit(AUTHOR, "base", utf8("base"), List.of(1), List.of());
    }

    /** Whether commits can be made of a version: every patch has a diff that is sound, with hunks in order. */
    static boolean canBeMade(List<Patch> patches) {
        return patches.stream()
                .allMatch(p -> DiffParser.parse(p.diff()) instanceof DiffParser.Result.Parsed parsed
                        && parsed.files().stream().allMatch(MadeCommits::inOrder));
    }

    private static boolean inOrder(FileDiff file) {
        int end = 0;
        for (DiffHunk hunk : file.hunks()) {
            if (before(hunk) < end) {
                return false;
            }
            end = before(hunk) + hunk.preImage().size();
        }
        return true;
    }

    /** Makes a branch of a version. */
    void add(String branch, List<Patch> patches) {
        int last = 2;
        for (Patch patch : patches) {
            List<FileDiff> files = ((DiffParser.Result.Parsed) DiffParser.parse(patch.diff())).files();
            List<Content> before = new ArrayList<>();
            List<Content> after = new ArrayList<>();
            files.forEach(f -> contents(f, before, after));
            commit(AUTHOR, branch, utf8("between"), List.of(last, 1), before);
            String log = patch.title() + "\n\n" + patch.changelog();
            commit(patch.author(), branch, utf8(log), List.of(mark), after);
            last = mark;
        }
    }

    private record Content(String path, String mode, byte[] bytes) {}

    private static void contents(FileDiff file, List<Content> before, List<Content> after) {
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        ByteArrayOutputStream now = new ByteArrayOutputStream();
        switch (file.body()) {
            case DiffBody.Text text -> fill(text.hunks(), old, now);
            case DiffBody.None none -> {
                if (file.type() != ChangeType.ADD && file.type() != ChangeType.DELETE) {
                    old.writeBytes(utf8("~ all of " + file.oldPath() + "\n"));
                    now.writeBytes(old.toByteArray());
                }
            }
            case DiffBody.Binary binary -> {
                old.writeBytes(utf8("\0old"));
                now.writeBytes(utf8("\0" + Arrays.hashCode(binary.encoded())));
            }
            case DiffBody.BinaryLeftOut left -> {
                old.writeBytes(utf8("\0" + file.oldId()));
                now.writeBytes(utf8("\0" + file.newId()));
            }
        }
        if (file.type() != ChangeType.ADD && file.type() != ChangeType.COPY) {
            before.add(new Content(file.oldPath(), mode(file.oldMode()), old.toByteArray()));
        }
        if (file.type() != ChangeType.DELETE) {
            FileMode mode = file.newMode() == null ? file.oldMode() : file.newMode();
            after.add(new Content(file.newPath(), mode(mode), now.toByteArray()));
        }
    }

    private static String mode(@Nullable FileMode mode) {
        return mode == null ? "100644" : Integer.toOctalString(mode.bits());
    }

    private static int before(DiffHunk hunk) {
        return hunk.oldCount() == 0 ? hunk.oldStart() : hunk.oldStart() - 1;
    }

    private static void fill(List<DiffHunk> hunks, ByteArrayOutputStream old, ByteArrayOutputStream now) {
        int at = 0;
        for (DiffHunk hunk : hunks) {
            String header = hunk.text().lines().findFirst().orElse("");
            String function = header.substring(header.indexOf("@@", 2) + 2).strip();
            for (; at < before(hunk); at++) {
                boolean last = at == before(hunk) - 1 && !function.isEmpty();
                byte[] line = utf8((last ? function : "~ " + at) + "\n");
                old.writeBytes(line);
                now.writeBytes(line);
            }
            old.writeBytes(Line.join(hunk.preImage()));
            now.writeBytes(Line.join(hunk.postImage()));
            at += hunk.preImage().size();
        }
    }

    private void commit(String author, String branch, byte[] log, List<Integer> parents, List<Content> files) {
        mark++;
        String who = author.contains("<") ? author : author + " <a@x.org>";
        text("commit refs/heads/" + branch + "\nmark :" + mark + "\nauthor " + who + " " + (1_000_000_000 + mark)
                + " +0000\n");
        text("committer C <c@x.org> " + (1_000_000_000 + mark) + " +0000\n");
        data(log);
        for (int i = 0; i < parents.size(); i++) {
            text((i == 0 ? "from :" : "merge :") + parents.get(i) + "\n");
        }
        text("deleteall\n");
        for (Content file : files) {
            text("M " + file.mode() + " inline \""
                    + file.path().replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n");
            data(file.bytes());
        }
    }

    private void data(byte[] bytes) {
        text("data " + bytes.length + "\n");
        stream.writeBytes(bytes);
        text("\n");
    }

    private void text(String text) {
        stream.writeBytes(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    /** Hands the commits to git. */
    void finish() throws Exception {
        Path file = repository.resolve("stream");
        Files.write(file, stream.toByteArray());
        Process process = new ProcessBuilder("git", "-C", repository.toString(), "fast-import", "--quiet")
                .redirectInput(file.toFile())
                .inheritIO()
                .redirectInput(file.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("git fast-import failed");
        }
    }

    /** The diffs of a branch's commits as git writes them. */
    List<byte[]> diffs(String branch) throws Exception {
        String log = git(
                "-C",
                repository.toString(),
                "log",
                "-p",
                "--no-merges",
                "--reverse",
                "--full-index",
                "--binary",
                "--format=%x01",
                "base.." + branch);
        return Arrays.stream(log.split("(?m)^\u0001\n", -1))
                .skip(1)
                .map(d -> d.strip().isEmpty() ? new byte[0] : d.substring(1).getBytes(ISO_8859_1))
                .toList();
    }

    /** Git's pairs as "3 ! 4", "3 &lt; -" or "- &gt; 4". */
    List<String> pairs(String older, String newer) throws Exception {
        return Arrays.stream(git("-C", repository.toString(), "range-diff", "-s", "base.." + older, "base.." + newer)
                        .split("\n"))
                .map(l -> l.replaceAll("^\\s*(\\d+|-):\\s+\\S+ ([=!<>])\\s+(\\d+|-):.*$", "$1 $2 $3"))
                .toList();
    }

    private static String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command));
        }
        return out;
    }
}
