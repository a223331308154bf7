// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One patch of each kind. */
class ApplyTest {
    @TempDir
    Path dir;

    private GitOracle git;
    private TreeStore store;

    @BeforeEach
    void prepare() throws Exception {
        git = GitOracle.init(dir.resolve("r"));
        store = new TreeStore(dir.resolve("cache"));
        git.write("sub/a.c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        git.write("sub/b.c", "b\n");
        git.write("crlf.txt", "x\r\ny\r\nz\r\n");
        git.write("empty", "");
        git.write("dir.h", "h\n");
        byte[] binary = new byte[3000];
        new Random(7).nextBytes(binary);
        git.write("blob.bin", binary);
        git.commit("base");
    }

    private PatchOutcome apply(String diff) throws Exception {
        return apply(diff.getBytes(UTF_8), "HEAD");
    }

    private PatchOutcome apply(byte[] diff, String base) throws Exception {
        TreeRef tree = store.add("t", git.directory());
        PatchInput patch = new PatchInput(1, "t", diff, "t");
        return new SeriesApplier(store)
                .apply(List.of(patch), tree, base)
                .results()
                .get(0)
                .outcome();
    }

    private PatchOutcome.Applied applied(PatchOutcome outcome) {
        assertThat(outcome).isInstanceOf(PatchOutcome.Applied.class);
        return (PatchOutcome.Applied) outcome;
    }

    @Test
    void everythingGitCanSayInOneDiff() throws Exception {
        git.must("mv", "sub/a.c", "sub/moved.c");
        git.write("sub/moved.c", "1\n2\n3\n4\n5 changed\n6\n7\n8\n9");
        Files.delete(git.directory().resolve("sub/b.c"));
        git.write("crlf.txt", "x\r\ny2\r\nz\r\n");
        git.write("new/deep/file", "n\n");
        git.write("new/empty", "");
        Files.delete(git.directory().resolve("empty"));
        Files.delete(git.directory().resolve("dir.h"));
        git.write("dir.h/inner", "now a directory\n");
        byte[] binary = Files.readAllBytes(git.directory().resolve("blob.bin"));
        binary[100] ^= 1;
        git.write("blob.bin", binary);
        Files.createSymbolicLink(git.directory().resolve("sub/link"), Path.of("../crlf.txt"));
        git.must("update-index", "--chmod=+x", "crlf.txt");
        git.directory().resolve("crlf.txt").toFile().setExecutable(true);
        git.commit("all");
        byte[] diff = git.run("diff", "--binary", "-M", "-C", "HEAD^", "HEAD").out();
        PatchOutcome.Applied applied = applied(apply(diff, "HEAD^"));
        assertThat(applied.state().treeId()).isEqualTo(git.tree("HEAD"));
        assertThat(applied.proven()).isTrue();
        assertThat(applied.state().changed().get("sub/b.c")).isEqualTo(new FileState.Deleted());

        TreeRef tree = store.find("t").orElseThrow();
        Path out = store.checkout(tree, applied.state().treeId());
        assertThat(out.resolve("crlf.txt")).isExecutable().hasBinaryContent("x\r\ny2\r\nz\r\n".getBytes(UTF_8));
        assertThat(out.resolve("sub/link")).isSymbolicLink();
    }

    @Test
    void threeWayMergeWhenTheContextHasChanged() throws Exception {
        git.write("sub/a.c", "1\n2\n3\n4\n5 theirs\n6\n7\n8\n9\n");
        byte[] diff = git.run("diff").out();
        git.write("sub/a.c", "1\n2\n3 ours\n4\n5\n6\n7\n8\n9\n");
        String ours = git.commit("ours");
        PatchOutcome.Applied applied = applied(apply(diff, ours));
        assertThat(applied.notes()).extracting(Placement::kind).containsExactly(Placement.Kind.THREE_WAY);
        assertThat(applied.state().changed().get("sub/a.c"))
                .isInstanceOfSatisfying(
                        FileState.Present.class,
                        f -> assertThat(f.content())
                                .asString(UTF_8)
                                .isEqualTo("1\n2\n3 ours\n4\n5 theirs\n6\n7\n8\n9\n"));
        assertThat(applied.footprint().files().get(0).before()).containsExactly(new LineRange(5, 1));
    }

    @Test
    void quiltStyleWithSeveralFiles() throws Exception {
        PatchOutcome.Applied applied = applied(apply("""
                --- a/sub/a.c
                +++ b/sub/a.c
                @@ -1,3 +1,3 @@
                -1
                +one
                 2
                 3
                --- a/sub/b.c
                +++ b/sub/b.c
                @@ -1 +1 @@
                -b
                +bb
                --- /dev/null
                +++ b/sub/c.c
                @@ -0,0 +1 @@
                +c
                --
                2.39.5

                """));
        assertThat(applied.state().changed()).containsOnlyKeys("sub/a.c", "sub/b.c", "sub/c.c");
        assertThat(applied.proven()).isFalse();
    }

    @Test
    void saysWhichHunkDoesNotFit() throws Exception {
        PatchOutcome outcome = apply("""
                --- a/sub/a.c
                +++ b/sub/a.c
                @@ -1,2 +1,2 @@
                -1
                +one
                 2
                @@ -6,3 +6,3 @@
                 6
                -not there
                +x
                 8
                """);
        assertThat(outcome).isInstanceOfSatisfying(PatchOutcome.Conflict.class, c -> {
            assertThat(c.file()).isEqualTo("sub/a.c");
            assertThat(c.hunk()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "x/../../evil",
                ".git/config",
                "sub/.GIT/hooks/x",
                "/etc/passwd",
                "sub/git~1/x",
                ".git /x"
            })
    void refusesPathsOutOfTheTree(String path) throws Exception {
        String diff = "diff --git a/%1$s b/%1$s\nnew file mode 100644\n--- /dev/null\n+++ b/%1$s\n@@ -0,0 +1 @@\n+x\n"
                .formatted(path);
        assertThat(apply(diff)).isInstanceOf(PatchOutcome.Malformed.class);
        String old = "--- /dev/null\n+++ b/%s\n@@ -0,0 +1 @@\n+x\n".formatted(path);
        assertThat(apply(old)).isInstanceOf(PatchOutcome.Malformed.class);
    }

    @Test
    void refusesLinksOutOfTheTreeAndFilesBeyondFiles() throws Exception {
        String link = """
                diff --git a/%1$s b/%1$s
                new file mode %2$s
                --- /dev/null
                +++ b/%1$s
                @@ -0,0 +1 @@
                +%3$s
                \\ No newline at end of file
                """;
        assertThat(apply(link.formatted("sub/l", "120000", "../../etc"))).isInstanceOf(PatchOutcome.Conflict.class);
        assertThat(apply(link.formatted("sub/l", "120000", "/etc"))).isInstanceOf(PatchOutcome.Conflict.class);
        assertThat(apply(link.formatted("dir.h/x", "100644", "x"))).isInstanceOf(PatchOutcome.Conflict.class);
        assertThat(apply(link.formatted("sub", "100644", "x"))).isInstanceOf(PatchOutcome.Conflict.class);
        String both = link.formatted("n/x", "100644", "x") + link.formatted("n", "100644", "x");
        assertThat(apply(both)).isInstanceOf(PatchOutcome.Conflict.class);
        assertThat(apply(link.formatted("mod", "160000", "x"))).isInstanceOf(PatchOutcome.Unsupported.class);
    }

    @Test
    void saysWhatIsNoPatch() throws Exception {
        assertThat(apply("hello\n")).isInstanceOf(PatchOutcome.Malformed.class);
        assertThat(apply("--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n 1\n-2\n")).isInstanceOf(PatchOutcome.Malformed.class);
    }

    @Test
    void writesNothingIntoTheUsersRepository() throws Exception {
        String before = listing();
        applied(apply("--- a/sub/b.c\n+++ b/sub/b.c\n@@ -1 +1 @@\n-b\n+bb\n"));
        assertThat(listing()).isEqualTo(before);
    }

    private String listing() throws Exception {
        try (var files = Files.walk(git.directory())) {
            return files.sorted().map(Path::toString).reduce("", (a, b) -> a + "\n" + b);
        }
    }
}
