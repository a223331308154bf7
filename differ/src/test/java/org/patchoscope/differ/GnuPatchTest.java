// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.differ.diff.FuzzyPlacer;
import org.patchoscope.differ.diff.HunkReader;
import org.patchoscope.differ.diff.Placed;
import org.patchoscope.differ.diff.Placing;
import org.patchoscope.mail.diff.Diff;
import org.patchoscope.mail.diff.DiffScanner;

/** Hunks with even and uneven context in files that have changed meanwhile, against the real GNU patch. */
final class GnuPatchTest {
    @TempDir
    private Path folder;

    @Test
    void randomHunksGoWhereGnuPatchPutsThem() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "no GNU patch here");
        int rounds = Integer.getInteger("patchoscope.rounds", 40);
        int fuzzy = 0;
        for (int seed = 0; seed < rounds; seed++) {
            Random random = new Random(seed);
            List<String> before = lines(random, 12 + random.nextInt(12));
            String diff = diff(before, random);
            String file = String.join("", changed(before, random));
            Optional<String> theirs = gnu(file, diff);
            Placing ours = FuzzyPlacer.place(bytes(file), hunks(diff), FuzzyPlacer.FUZZ);
            assertThat(content(ours)).as("seed %s%n%s%n%s", seed, file, diff).isEqualTo(theirs);
            fuzzy += ours instanceof Placing.Done done && done.hunks().stream().anyMatch(h -> h.fuzz() > 0) ? 1 : 0;
        }
        assertThat(fuzzy).isGreaterThan(rounds / 20);
    }

    /** Three lines before the change and four after it, the outermost of which have changed: git refuses it. */
    @Test
    void aHunkWithUnevenContextIsPlacedWithFuzzTwo() {
        String file = "other\n2\n3\n4\n5\n6\nother\nother\n";
        String diff = "--- a/f\n+++ b/f\n@@ -1,8 +1,8 @@\n 1\n 2\n 3\n-4\n+four\n 5\n 6\n 7\n 8\n";
        assertThat(FuzzyPlacer.place(bytes("0\n" + file), hunks(diff.replace("-1,8 +1,8", "-2,8 +2,8")), 2))
                .isInstanceOfSatisfying(
                        Placing.Done.class, done -> assertThat(done.hunks()).containsExactly(new Placed(1, 2, 0, 2)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> content(Placing placing) {
        return placing instanceof Placing.Done done
                ? Optional.of(new String(done.content(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static List<org.patchoscope.differ.diff.DiffHunk> hunks(String diff) {
        Diff found = DiffScanner.find(bytes(diff)).orElseThrow();
        assertThat(found.damage()).isEmpty();
        return HunkReader.read(bytes(diff), found.files().getFirst().hunks());
    }

    private static List<String> lines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("line " + random.nextInt(6) + "\n");
        }
        return lines;
    }

    /** One or two changes with up to four lines of context, as many on either side as it happens. */
    private static String diff(List<String> before, Random random) {
        StringBuilder diff = new StringBuilder("--- a/f\n+++ b/f\n");
        int from = 0;
        int drift = 0;
        for (int n = random.nextInt(2); n >= 0 && from + 6 < before.size(); n--) {
            int at = from + random.nextInt(Math.max(1, before.size() - from - 5));
            int start = Math.max(from, at - random.nextInt(5));
            int end = Math.min(before.size(), at + 1 + random.nextInt(5));
            boolean adds = random.nextInt(3) > 0;
            boolean removes = !adds || random.nextBoolean();
            int old = end - start;
            int added = (adds ? 1 : 0) - (removes ? 1 : 0);
            diff.append("@@ -%d,%d +%d,%d @@%n"
                    .formatted(old == 0 ? start : start + 1, old, start + 1 + drift, old + added));
            for (int i = start; i < end; i++) {
                if (i == at && adds) {
                    diff.append("+new " + n + "\n");
                }
                diff.append(i == at && removes ? '-' : ' ').append(before.get(i));
            }
            drift += added;
            from = end;
        }
        return diff.toString();
    }

    private static List<String> changed(List<String> before, Random random) {
        List<String> file = new ArrayList<>(before);
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(file.size());
            switch (random.nextInt(3)) {
                case 0 -> file.set(at, "changed\n");
                case 1 -> file.add(at, "inserted\n");
                default -> file.remove(at);
            }
        }
        return file;
    }

    private Optional<String> gnu(String file, String diff) throws Exception {
        Path f = Files.writeString(folder.resolve("f"), file);
        Path d = Files.writeString(folder.resolve("d"), diff);
        Process patch = new ProcessBuilder(
                        "/usr/bin/patch", "-p1", "-f", "-s", "--no-backup-if-mismatch", "-r", "-", "-i", d.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return patch.waitFor() == 0 ? Optional.of(Files.readString(f)) : Optional.empty();
    }
}
