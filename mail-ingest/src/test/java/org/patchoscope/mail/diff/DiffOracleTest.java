// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.RealArchive;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.MailKind;
import org.patchoscope.mail.series.Patch;

/** The diffs of mails against the real git: what git takes is taken the same way, what it refuses is damaged here, too. */
final class DiffOracleTest {
    private static final Path SAMPLES = Path.of("src/test/resources/diffs");
    /** Reasons for which git, unlike this scanner, passes over a piece of a hunk and goes on. */
    private static final List<String> PASSED_OVER = List.of(
            "damaged hunk header",
            "more lines than",
            "no hunk follows",
            "nothing of the file",
            "nothing of a header",
            "damaged binary data",
            "no data follows");

    @TempDir
    private Path folder;

    static Stream<Path> samples() throws java.io.IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.sorted().toList().stream();
        }
    }

    /** One, two or three lines lost, doubled, emptied, cut, changed or exchanged, anywhere in the diff. */
    @ParameterizedTest
    @MethodSource("samples")
    void damageThatGitRefusesIsDamageHere(Path sample) throws Exception {
        GitDiff git = new GitDiff(folder);
        byte[] sound = Files.readAllBytes(sample);
        assertThat(GitDiff.ours(sound)).isEqualTo(git.counts(sound)).isPresent();
        int damaged = 0;
        int rounds = Integer.getInteger("patchoscope.rounds", 20);
        for (int seed = 0; seed < rounds; seed++) {
            byte[] broken = broken(sound, new Random(seed));
            Optional<List<String>> theirs = git.counts(broken);
            damaged += theirs.isEmpty() ? 1 : 0;
            compare(broken, theirs, sample + " seed " + seed);
        }
        assertThat(damaged).isGreaterThan(rounds / 4);
    }

    /** Every twentieth mail; all of them with {@code -Dpatchoscope.every=1}. */
    @Test
    void theDiffsOfARealArchiveAreReadAsGitReadsThem() throws Exception {
        GitDiff git = new GitDiff(folder);
        int compared = 0;
        int every = Integer.getInteger("patchoscope.every", 20);
        List<byte[]> mails = mails(RealArchive.epoch(folder));
        for (int i = 0; i < mails.size(); i += every) {
            byte[] raw = mails.get(i);
            Message mail = MailSource.readMessage(raw);
            byte[] patch = MailKind.of(mail) == MailKind.POSTING ? git.patchOf(raw) : new byte[0];
            if (patch.length > 0 && Patch.of(mail).hasDiff()) {
                compare(Patch.of(mail).diff(), git.counts(patch), mail.toString());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1000 / every);
    }

    private static void compare(byte[] diff, Optional<List<String>> theirs, String what) {
        Optional<List<String>> ours = GitDiff.ours(diff);
        String reason = DiffScanner.find(diff)
                .flatMap(Diff::damage)
                .map(Diff.Damage::reason)
                .orElse("");
        if (theirs.isPresent() && PASSED_OVER.stream().anyMatch(reason::contains)) {
            return;
        }
        assertThat(ours)
                .as("%s%n%s%n%s", what, reason, new String(diff, StandardCharsets.ISO_8859_1))
                .isEqualTo(theirs);
    }

    private static byte[] broken(byte[] diff, Random random) {
        List<String> lines = new ArrayList<>(List.of(new String(diff, StandardCharsets.ISO_8859_1).split("(?<=\n)")));
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(8)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, line);
                case 2 -> lines.add(at, "\n");
                case 3 -> lines.add(at, "A note.\n");
                case 4 -> lines.set(at, line.substring(1).isEmpty() ? "\n" : line.substring(1));
                case 5 -> lines.set(at, line.replaceFirst("\\d", String.valueOf(random.nextInt(10))));
                case 6 -> lines.set(at, line.replaceFirst("@@", "@"));
                default -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
            }
        }
        return ("---\n" + String.join("", lines)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> mails(Path epoch) throws Exception {
        List<byte[]> mails = new ArrayList<>();
        try (Repository repository =
                        new FileRepositoryBuilder().setGitDir(epoch.toFile()).build();
                ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(repository.resolve("HEAD")));
            for (var commit : walk) {
                try (TreeWalk tree = TreeWalk.forPath(reader, "m", commit.getTree())) {
                    if (tree != null) {
                        mails.add(reader.open(tree.getObjectId(0), Constants.OBJ_BLOB)
                                .getBytes());
                    }
                }
            }
        }
        return mails;
    }
}
