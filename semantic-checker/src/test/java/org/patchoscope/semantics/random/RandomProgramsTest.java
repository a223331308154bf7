// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.TwoVersions;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;

/**
 * Random pairs against the processor: what is called equivalent, no input tells apart. {@code -Dpatchoscope.random.pairs=20000} runs
 * more of them, {@code -Dpatchoscope.random.seed} others.
 */
class RandomProgramsTest {
    private static final int BATCH = 100;

    private enum Said {
        EQUIVALENT,
        CHANGED,
        WITHIN_BOUND,
        OPEN
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "arm64"})
    void whatIsCalledEquivalentNoInputTellsApart(String arch) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the oracle is an x86-64 processor");
        int count = Integer.getInteger("patchoscope.random.pairs", 100);
        long seed = Long.getLong("patchoscope.random.seed", 1);
        List<String> wrong = new ArrayList<>();
        Map<Said, Integer> alike = new EnumMap<>(Said.class);
        Map<Said, Integer> apart = new EnumMap<>(Said.class);
        for (int from = 0; from < count; from += BATCH) {
            Random random = new Random(seed * 1_000_003 + from);
            List<RandomPair> pairs = new ArrayList<>();
            for (int i = 0; i < Math.min(BATCH, count - from); i++) {
                pairs.add(RandomPair.of(random));
            }
            Set<Integer> differing = NativeRuns.differing(Files.createTempDirectory(directory, "native"), pairs);
            Map<Integer, Said> said = compared(arch, pairs);
            for (int i = 0; i < pairs.size(); i++) {
                Said s = said.getOrDefault(i, Said.EQUIVALENT);
                (differing.contains(i) ? apart : alike).merge(s, 1, Integer::sum);
                if (s == Said.EQUIVALENT && differing.contains(i)) {
                    wrong.add("pair " + (from + i) + " of seed " + seed + ": "
                            + pairs.get(i).edit() + "\n" + pairs.get(i).before());
                }
            }
        }
        System.out.println(arch + ": told apart by an input: " + apart + "; by none of those tried: " + alike);
        assertThat(wrong).isEmpty();
        assertThat(apart.getOrDefault(Said.CHANGED, 0)).isPositive();
        assertThat(alike.getOrDefault(Said.EQUIVALENT, 0)).isPositive();
    }

    private Map<Integer, Said> compared(String arch, List<RandomPair> pairs) throws Exception {
        StringBuilder before = new StringBuilder("unsigned long ev(int id, unsigned long v);\n");
        StringBuilder after = new StringBuilder(before);
        for (int i = 0; i < pairs.size(); i++) {
            before.append(NativeRuns.function("f" + i, pairs.get(i).before()));
            after.append(NativeRuns.function("f" + i, pairs.get(i).after()));
        }
        ProgramComparison.Result result = new TwoVersions(arch, Files.createTempDirectory(directory, arch))
                .compare(TwoVersions.TASK + before, TwoVersions.TASK + after);
        Map<Integer, Said> said = new HashMap<>();
        for (RootVerdict r : result.roots()) {
            said.put(Integer.parseInt(r.root().substring(1)), said(r.verdict()));
        }
        return said;
    }

    private static Said said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Equivalent _ -> Said.EQUIVALENT;
            case Verdict.EqualWithinBound _ -> Said.WITHIN_BOUND;
            case Verdict.Changed _, Verdict.RaceWindow _ -> Said.CHANGED;
            case Verdict.NotAnalysed _ -> Said.OPEN;
        };
    }
}
