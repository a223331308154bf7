// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.SeriesAssembler;

/** Which patch became which, with git range-diff as the judge. */
final class RangeDiffTest {
    @TempDir
    private Path folder;

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@x.org"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return out;
    }

    /** One file per topic; a commit changes some lines of it. */
    private record Step(int file, int from, List<String> lines, String title) {}

    private List<Patch> commit(String branch, List<Step> steps) throws Exception {
        git("checkout", "-q", "-b", branch, "base");
        for (Step step : steps) {
            Path file = folder.resolve("f" + step.file() + ".c");
            List<String> text = new ArrayList<>(Files.readAllLines(file));
            for (int i = 0; i < step.lines().size(); i++) {
                text.set(step.from() + i, step.lines().get(i));
            }
            Files.write(file, text);
            git("commit", "-q", "-a", "--allow-empty", "-m", step.title() + "\n\nWhy " + step.title() + ".");
        }
        String mails = git("format-patch", "--stdout", "base.." + branch);
        return SeriesAssembler.assemble(MailSource.read(
                        new java.io.ByteArrayInputStream(mails.getBytes(StandardCharsets.UTF_8)), branch))
                .newest(branch)
                .patches();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pairsAreThoseOfGit(long seed) throws Exception {
        Random random = new Random(seed);
        git("init", "-q", ".");
        for (int f = 0; f < 6; f++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                lines.add("line " + f + " " + i);
            }
            Files.write(folder.resolve("f" + f + ".c"), lines);
        }
        git("add", ".");
        git("commit", "-q", "-m", "base");
        git("branch", "base");
        List<Step> old = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<String> lines = new ArrayList<>();
            for (int n = 0; n < 4 + random.nextInt(12); n++) {
                lines.add("new " + i + " " + random.nextInt(1000));
            }
            old.add(new Step(i, 5 + random.nextInt(30), lines, "t" + i));
        }
        List<Step> now = new ArrayList<>();
        for (Step step : old) {
            int what = random.nextInt(5);
            if (what == 0) {
                continue;
            }
            List<String> lines = new ArrayList<>(step.lines());
            for (int n = 0; n < what - 1; n++) {
                lines.set(random.nextInt(lines.size()), "again " + random.nextInt(1000));
            }
            now.add(new Step(step.file(), step.from(), lines, step.title()));
        }
        now.add(new Step(0, 45, List.of("quite", "new", "lines", "here"), "more"));
        Collections.shuffle(now, random);
        List<PatchPair> pairs = RangeDiff.of(commit("one", old), commit("two", now));
        List<String> judged = Arrays.stream(
                        git("range-diff", "-s", "base..one", "base..two").split("\n"))
                .map(l -> l.replaceAll("^\\s*(\\d+|-):\\s+\\S+ ([=!<>])\\s+(\\d+|-):.*$", "$1 $2 $3"))
                .toList();
        assertThat(pairs.stream().map(RangeDiffTest::line).toList())
                .as("seed %d", seed)
                .isEqualTo(judged);
    }

    /** One line in each of some files, below one title. */
    private static List<Patch> small(String... files) throws Exception {
        StringBuilder mail = new StringBuilder("From: A <a@x.org>\nMessage-ID: <" + files.length + "@x>\n"
                + "Date: Mon, 1 Jun 2026 10:00:00 +0000\nSubject: [PATCH] lib: say it right\n\nIt was wrong.\n---\n");
        for (String file : files) {
            mail.append("diff --git a/F b/F\n--- a/F\n+++ b/F\n@@ -10,7 +10,7 @@ int f_F(void)\n".replace("F", file));
            mail.append(" one\n two\n three\n-four\n+FOUR\n five\n six\n seven\n");
        }
        byte[] raw = mail.append("-- \n2.39\n").toString().getBytes(StandardCharsets.UTF_8);
        return SeriesAssembler.assemble(List.of(MailSource.readMessage(raw)))
                .newest("test")
                .patches();
    }

    @Test
    void aSmallPatchThatLostOneOfItsFilesIsStillItself() throws Exception {
        for (List<String> left : List.of(List.of("a.c"), List.of("b.c"))) {
            List<Patch> older = small("a.c", "b.c");
            List<Patch> newer = small(left.toArray(String[]::new));
            Path place = Files.createDirectories(folder.resolve(left.getFirst()));
            MadeCommits commits = new MadeCommits(place);
            commits.add("older", older);
            commits.add("newer", newer);
            commits.finish();
            assertThat(commits.pairs("older", "newer")).containsExactly("1 ! 1");
            assertThat(RangeDiff.of(older, newer).stream().map(RangeDiffTest::line))
                    .containsExactly("1 ! 1");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void equalDiffsAndTiesArePairedAsGitPairsThem(long seed) throws Exception {
        Random random = new Random(seed);
        MadeCommits commits = new MadeCommits(folder);
        List<List<Patch>> versions = new ArrayList<>();
        for (int v = 0; v < 8; v++) {
            List<Patch> patches = new ArrayList<>();
            for (int n = 1; n <= 1 + random.nextInt(5); n++) {
                Patch p = small(random.nextBoolean() ? new String[] {"a.c"} : new String[] {"a.c", "b.c"})
                        .getFirst();
                String log = random.nextBoolean() ? p.changelog() : "Said in other\twords.\n\n";
                patches.add(new Patch(p.id(), n, p.title(), p.author(), log, p.diff(), p.message()));
            }
            versions.add(patches);
            commits.add("v" + v, patches);
        }
        commits.finish();
        for (int v = 1; v < versions.size(); v++) {
            assertThat(RangeDiff.of(versions.get(v - 1), versions.get(v)).stream()
                            .map(RangeDiffTest::line))
                    .as("seed %d, version %d", seed, v)
                    .containsExactlyElementsOf(commits.pairs("v" + (v - 1), "v" + v));
        }
    }

    static String line(PatchPair pair) {
        return switch (pair) {
            case PatchPair.Same p -> p.before().number() + " = " + p.after().number();
            case PatchPair.Reworked p -> p.before().number() + " ! " + p.after().number();
            case PatchPair.Dropped p -> p.before().number() + " < -";
            case PatchPair.Added p -> "- > " + p.after().number();
        };
    }

    @Test
    void fromThirteenToSixteenOfARealSeries() throws Exception {
        List<PatchPair> pairs = RangeDiff.of(patches("thread-v13-resend.mbox"), patches("thread-v16.mbox"));
        assertThat(pairs.stream().map(RangeDiffTest::line))
                .contains("14 < -", "- > 1", "- > 2", "2 ! 4")
                .allSatisfy(l -> assertThat(l).doesNotContain("="));
        assertThat(RangeDiff.of(patches("thread-v16.mbox"), patches("thread-v16.mbox")))
                .hasSize(18)
                .allMatch(PatchPair.Same.class::isInstance);
    }

    private static List<Patch> patches(String file) throws Exception {
        Path path = Path.of(System.getProperty("patchoscope.shared", ""))
                .resolve("corpus")
                .resolve(file);
        assumeTrue(Files.exists(path), "no real mail here");
        return SeriesAssembler.assemble(MailSource.read(path)).newest(file).patches();
    }
}
