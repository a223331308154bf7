// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.mail.text.Bytes;

/** What the real git and this scanner read of a diff, in one form: added and removed lines for each file. */
final class GitDiff {
    private final Path folder;

    GitDiff(Path folder) {
        this.folder = folder;
    }

    /** The text that git mailinfo takes for the patch of a mail. */
    byte[] patchOf(byte[] mail) throws IOException, InterruptedException {
        Path raw = Files.write(folder.resolve("mail"), mail);
        Path patch = folder.resolve("patch");
        Process git = new ProcessBuilder(
                        "git", "mailinfo", folder.resolve("log").toString(), patch.toString())
                .redirectInput(raw.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return git.waitFor() == 0 ? Files.readAllBytes(patch) : new byte[0];
    }

    /** As git apply counts it; empty when git refuses it. */
    Optional<List<String>> counts(byte[] diff) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("diff"), diff);
        Process git = new ProcessBuilder("git", "-C", folder.toString(), "apply", "--numstat", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            return Optional.empty();
        }
        return Optional.of(out.lines()
                .map(l -> l.substring(0, l.lastIndexOf('\t')).replace("-", "0"))
                .toList());
    }

    /** As this scanner counts it; empty when there is no diff or a damaged one. */
    static Optional<List<String>> ours(byte[] text) {
        byte[] whole = text;
        if (text.length > 0 && text[text.length - 1] != '\n') {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(text);
            out.write('\n');
            whole = out.toByteArray();
        }
        Optional<Diff> diff = DiffScanner.find(whole);
        if (diff.isEmpty() || diff.get().damaged()) {
            return Optional.empty();
        }
        List<String> counts = new ArrayList<>();
        for (Diff.FilePart file : diff.get().files()) {
            int added = 0;
            int removed = 0;
            for (Diff.HunkPart hunk : file.hunks()) {
                for (Bytes.Line line : Bytes.lines(java.util.Arrays.copyOfRange(whole, hunk.body(), hunk.end()))) {
                    added += line.startsWith("+") ? 1 : 0;
                    removed += line.startsWith("-") ? 1 : 0;
                }
            }
            counts.add(added + "\t" + removed);
        }
        return Optional.of(counts);
    }
}
