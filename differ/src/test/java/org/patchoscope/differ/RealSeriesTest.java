// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 18 patches of a real series, against git am, on the files of Linux 7.2 that they touch. */
class RealSeriesTest {
    @TempDir
    Path dir;

    private final List<Path> mails = new ArrayList<>();
    private final List<PatchInput> patches = new ArrayList<>();
    private GitOracle git;

    @BeforeEach
    void prepare() throws Exception {
        Path mbox = Path.of(System.getProperty("patchoscope.shared", "none"), "corpus/thread-v16.mbox");
        Path kernel = kernel();
        assumeTrue(Files.exists(mbox) && Files.isDirectory(kernel), "no corpus or no kernel tree");
        git = GitOracle.init(dir.resolve("linux"));
        Path split = Files.createDirectories(dir.resolve("mails"));
        git.must("mailsplit", "-o" + split, mbox.toString());
        List<Path> all;
        try (var files = Files.list(split)) {
            all = files.sorted().toList();
        }
        for (Path mail : all) {
            addPatch(mail);
        }
        assertThat(patches).hasSize(18);
        for (String path : BaseFinder.preImages(patches).keySet()) {
            git.write(path, Files.readAllBytes(kernel.resolve(path)));
        }
        git.commit("base");
    }

    static Path kernel() {
        String env = System.getenv("PATCHOSCOPE_TREE_7_2");
        return Path.of(System.getProperty("PATCHOSCOPE_TREE_7_2", env == null ? "none" : env));
    }

    private void addPatch(Path mail) throws Exception {
        String text = Files.readString(mail, java.nio.charset.StandardCharsets.ISO_8859_1);
        var subject = java.util.regex.Pattern.compile("(?m)^Subject: \\[PATCH v16 (\\d+)/18\\] (.*)")
                .matcher(text);
        if (subject.find() && !subject.group(1).equals("00")) {
            Path message = dir.resolve("msg");
            Path diff = dir.resolve("diff");
            var process = new ProcessBuilder("git", "mailinfo", message.toString(), diff.toString())
                    .directory(dir.toFile())
                    .redirectInput(mail.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).isZero();
            mails.add(mail);
            patches.add(new PatchInput(
                    Integer.parseInt(subject.group(1)), subject.group(2), Files.readAllBytes(diff), "x"));
        }
    }

    @Test
    void everyStateHasTheTreeOfGitAm() throws Exception {
        TreeStore store = new TreeStore(dir.resolve("cache"));
        TreeRef tree = store.add("small", git.directory());
        var base = new BaseFinder(store).find(new BaseFinder.Request(List.of(tree), patches, null, null));
        assertThat(base).isInstanceOf(BaseFinder.Result.Base.class);
        SeriesStates states = new SeriesApplier(store).apply(patches, (BaseFinder.Result.Base) base);
        for (int i = 0; i < patches.size(); i++) {
            git.must("am", "-q", mails.get(i).toString());
            assertThat(states.results().get(i).outcome()).isInstanceOf(PatchOutcome.Applied.class);
            assertThat(states.after(i + 1).orElseThrow().treeId()).isEqualTo(git.tree("HEAD"));
        }
        assertThat(needsKbuild(states, 16)).isTrue();
        assertThat(needsKbuild(states, 5)).isFalse();
    }

    private static boolean needsKbuild(SeriesStates states, int number) {
        return states.results().get(number - 1).outcome() instanceof PatchOutcome.Applied applied
                && applied.footprint().needsKbuild();
    }

    @Test
    void aPlainDirectoryServesAsBaseToo() throws Exception {
        Path plain = dir.resolve("plain");
        for (String path : BaseFinder.preImages(patches).keySet()) {
            Files.createDirectories(plain.resolve(path).getParent());
            Files.copy(git.directory().resolve(path), plain.resolve(path));
        }
        TreeStore store = new TreeStore(dir.resolve("cache"));
        TreeRef tree = store.add("plain", plain);
        String head = store.head(tree).orElseThrow();
        assertThat(new SeriesApplier(store, ApplyOptions.exact())
                        .apply(patches, tree, head)
                        .complete())
                .isTrue();
        assertThat(store.checkout(tree, head)).isEqualTo(plain.toRealPath());
    }
}
