// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random edits, diffed by git and applied to a changed base by git and by us: the same, or refused by both. */
class RandomPatchTest {
    private static final int ROUNDS = 25;

    @TempDir
    Path dir;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void placesHunksLikeGitApply(long seed) throws Exception {
        Random random = new Random(seed);
        GitOracle git = GitOracle.init(dir.resolve("r"));
        TreeStore store = new TreeStore(dir.resolve("cache"));
        int applied = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> old = lines(random);
            git.write("f", text(random, old));
            git.commit("old");
            git.write("f", text(random, edited(random, old, 1 + random.nextInt(4))));
            int context = 1 + random.nextInt(3);
            byte[] diff =
                    git.run("diff", "--binary", "--full-index", "-U" + context).out();
            git.write("f", text(random, edited(random, old, random.nextInt(4))));
            String base = git.commit("shifted");
            if (diff.length > 0) {
                applied += compare(git, store, diff, base, "seed " + seed + " round " + round);
            }
        }
        assertThat(applied).as("seed %d: some must apply", seed).isGreaterThan(3);
    }

    private int compare(GitOracle git, TreeStore store, byte[] diff, String base, String where) throws Exception {
        Path file = dir.resolve("p.diff");
        Files.write(file, diff);
        List<String> command = new ArrayList<>(List.of("apply", "--index", "--whitespace=nowarn"));
        command.add(file.toString());
        boolean gitDid = git.run(command.toArray(String[]::new)).status() == 0;
        TreeRef tree = store.add("t", git.directory());
        PatchOutcome ours = new SeriesApplier(store, ApplyOptions.exact())
                .apply(List.of(new PatchInput(1, "t", diff, "t")), tree, base)
                .results()
                .get(0)
                .outcome();
        String shown = where + "\n" + new String(diff, UTF_8) + ours;
        if (ours instanceof PatchOutcome.Applied applied) {
            assertThat(gitDid).as(shown).isTrue();
            assertThat(applied.state().treeId()).as(shown).isEqualTo(git.must("write-tree"));
            git.must("reset", "-q", "--hard");
            return 1;
        }
        // Stricter than git on purpose: a last line with and without newline.
        boolean endOfFile = new String(diff, UTF_8).contains("\\ No newline");
        assertThat(gitDid && !endOfFile).as(shown).isFalse();
        git.must("reset", "-q", "--hard");
        return 0;
    }

    /** Few distinct lines, so that hunks find wrong places too. */
    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        int count = 5 + random.nextInt(40);
        int kinds = random.nextBoolean() ? 6 : 1000;
        for (int i = 0; i < count; i++) {
            lines.add("line " + random.nextInt(kinds) + (random.nextInt(8) == 0 ? "\r" : ""));
        }
        return lines;
    }

    private static List<String> edited(Random random, List<String> lines, int edits) {
        List<String> result = new ArrayList<>(lines);
        for (int i = 0; i < edits; i++) {
            int at = result.isEmpty() ? 0 : random.nextInt(result.size());
            switch (random.nextInt(3)) {
                case 0 -> result.add(at, "new " + random.nextInt(50));
                case 1 -> {
                    if (!result.isEmpty()) {
                        result.remove(at);
                    }
                }
                default -> {
                    if (!result.isEmpty()) {
                        result.set(at, "changed " + random.nextInt(50));
                    }
                }
            }
        }
        return result;
    }

    private static String text(Random random, List<String> lines) {
        String joined = String.join("\n", lines);
        return random.nextInt(10) == 0 || joined.isEmpty() ? joined : joined + "\n";
    }
}
