// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.differ.RangeReader.Result.Refused.Kind;

class RangeReaderTest {
    @TempDir
    Path dir;

    private GitOracle git;
    private TreeStore store;
    private TreeRef tree;

    @BeforeEach
    void prepare() throws Exception {
        git = GitOracle.init(dir.resolve("r"));
        git.write("a", "1\n2\n3\n");
        git.commit("base");
        git.must("tag", "v1");
        git.write("a", "1\nX\n3\n");
        git.write("bin", new byte[] {0, 1, 2, 3, 0, 5});
        git.commit("first: change\n\nWhy it is needed.");
        git.must("mv", "a", "b");
        git.write("bin", new byte[] {0, 1, 2, 4, 0, 5, 6});
        git.commit("second: move");
        store = new TreeStore(dir.resolve("cache"));
        tree = store.add("t", git.directory());
    }

    @Test
    void aRangeAppliesToTheTreesOfItsCommits() throws Exception {
        var result = new RangeReader().read(tree, "v1..");
        assertThat(result).isInstanceOf(RangeReader.Result.Range.class);
        var range = (RangeReader.Result.Range) result;
        assertThat(range.entries().get(0).commit().subject()).isEqualTo("first: change");
        assertThat(range.entries().get(0).commit().body()).isEqualTo("Why it is needed.\n");
        SeriesStates states =
                new SeriesApplier(store, ApplyOptions.exact()).apply(range.patches(), tree, range.baseCommit());
        assertThat(states.after(1).orElseThrow().treeId()).isEqualTo(git.tree("HEAD^"));
        assertThat(states.after(2).orElseThrow().treeId()).isEqualTo(git.tree("HEAD"));
    }

    @Test
    void refusesMergesAndWhatIsNoRange() throws Exception {
        git.must("checkout", "-q", "-b", "side", "v1");
        git.write("c", "c\n");
        git.commit("side");
        git.must("checkout", "-q", "main");
        git.must("merge", "-q", "--no-ff", "-m", "merge side", "side");
        assertThat(refused("v1..HEAD").reason()).contains("merge side").contains("is a merge");
        assertThat(refused("v1..HEAD").kind()).isEqualTo(Kind.NOT_LINEAR);
        assertThat(refused("v1...HEAD").kind()).isEqualTo(Kind.NO_RANGE);
        assertThat(refused("nope..HEAD").kind()).isEqualTo(Kind.NO_COMMIT);
        assertThat(refused("HEAD..HEAD").kind()).isEqualTo(Kind.EMPTY);
    }

    @Test
    void moreCommitsThanAnySeriesHasAreRefused() throws Exception {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 1001; i++) {
            stream.append("commit refs/heads/long\ncommitter A <a@example.org> ")
                    .append(i);
            stream.append(" +0000\ndata 1\nx\n").append(i == 0 ? "from refs/tags/v1\n\n" : "\n");
        }
        Path commits = Files.writeString(dir.resolve("commits"), stream);
        git.must("-c", "alias.load=!git fast-import --quiet <" + commits, "load");

        assertThat(refused("v1..long").kind()).isEqualTo(Kind.TOO_LONG);
        assertThat(new RangeReader().read(tree, "v1..long~1")).isInstanceOf(RangeReader.Result.Range.class);
    }

    private RangeReader.Result.Refused refused(String range) throws IOException {
        return (RangeReader.Result.Refused) new RangeReader().read(tree, range);
    }

    @Test
    void baseByBlobsTrailerAndHead() throws Exception {
        var range = (RangeReader.Result.Range) new RangeReader().read(tree, "v1..HEAD");
        BaseFinder finder = new BaseFinder(store);
        var trees = java.util.List.of(tree);
        assertThat(finder.find(new BaseFinder.Request(trees, range.patches(), null, null)))
                .isInstanceOfSatisfying(BaseFinder.Result.Base.class, b -> {
                    assertThat(b.how()).isEqualTo(BaseFinder.How.BLOBS);
                    assertThat(b.commit()).isEqualTo(range.baseCommit());
                });
        assertThat(finder.find(new BaseFinder.Request(trees, range.patches(), null, range.baseCommit())))
                .isInstanceOfSatisfying(
                        BaseFinder.Result.Base.class, b -> assertThat(b.how()).isEqualTo(BaseFinder.How.TRAILER));
        assertThat(finder.find(new BaseFinder.Request(trees, range.patches(), "no-such", null)))
                .isInstanceOf(BaseFinder.Result.NotFound.class);
        assertThat(finder.find(new BaseFinder.Request(trees, java.util.List.of(), null, "0123456789ab")))
                .isInstanceOfSatisfying(BaseFinder.Result.Base.class, b -> {
                    assertThat(b.how()).isEqualTo(BaseFinder.How.HEAD);
                    assertThat(b.attempts()).hasSize(3);
                });
    }

    @Test
    void aLinkedWorkTreeIsATreeWithItsOwnHead() throws Exception {
        Path linked = dir.resolve("linked");
        git.must("worktree", "add", "-q", "--detach", linked.toString(), "v1");
        TreeRef other = store.add("linked", linked);
        assertThat(store.head(other)).contains(git.must("rev-parse", "v1"));
        var range = (RangeReader.Result.Range) new RangeReader().read(other, "v1..main");
        assertThat(new SeriesApplier(store)
                        .apply(range.patches(), other, "HEAD")
                        .complete())
                .isTrue();
    }

    @Test
    void aRemoteIsClonedBareAndFetchedAgain() throws Exception {
        TreeRef remote = store.addRemote("remote", git.directory().toUri().toString());
        git.write("later", "x\n");
        String later = git.commit("later");
        assertThat(store.resolve(remote, later)).isEmpty();
        store.addRemote("remote", git.directory().toUri().toString());
        assertThat(store.resolve(remote, "main")).contains(later);
        assertThat(store.list()).extracting(TreeRef::name).containsExactly("remote", "t");
        assertThat(store.find(git.directory().toString())).contains(tree);
    }
}
