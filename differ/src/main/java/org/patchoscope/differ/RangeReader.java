// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.differ.RangeReader.Result.Refused.Kind;
import org.patchoscope.differ.git.CommitRange;
import org.patchoscope.differ.git.GitObjects;

/** Reads a git range as a series, for an author who has not posted it yet. */
public final class RangeReader {
    private static final int MOST = 1000;

    /** A commit as a patch. */
    public record Entry(PatchInput patch, CommitRange.Commit commit) {}

    /** What was read. */
    public sealed interface Result {
        /**
         * The patches, oldest first.
         *
         * @param baseCommit the parent of the first
         */
        record Range(String baseCommit, List<Entry> entries) implements Result {
            public Range {
                entries = List.copyOf(entries);
            }

            /** The patches alone. */
            public List<PatchInput> patches() {
                return entries.stream().map(Entry::patch).toList();
            }
        }

        /** Not a range that can be read as a series. */
        record Refused(Kind kind, String reason) implements Result {
            /** What is wrong, as a fixed list. */
            public enum Kind {
                /** It is not written as one. */
                NO_RANGE,
                /** An end of it is no commit of the tree. */
                NO_COMMIT,
                /** There is no commit in it. */
                EMPTY,
                /** It holds more commits than any series. */
                TOO_LONG,
                /** A commit in it does not have one parent. */
                NOT_LINEAR
            }
        }
    }

    /** Reads "A..B" or "A.." (up to HEAD). */
    public Result read(TreeRef tree, String range) throws IOException {
        int dots = range.indexOf("..");
        if (dots <= 0 || range.startsWith("...", dots)) {
            return new Result.Refused(Kind.NO_RANGE, "not a range of the form A..B: " + range);
        }
        String to = range.substring(dots + 2).isEmpty() ? "HEAD" : range.substring(dots + 2);
        try (GitObjects objects = GitObjects.open(tree.gitDir())) {
            Optional<String> first = objects.commit(range.substring(0, dots));
            Optional<String> last = objects.commit(to);
            if (first.isEmpty() || last.isEmpty()) {
                return new Result.Refused(
                        Kind.NO_COMMIT,
                        "no such commit in " + tree.name() + ": " + (first.isEmpty() ? range.substring(0, dots) : to));
            }
            return read(objects, CommitRange.list(objects, first.get(), last.get(), MOST), range);
        }
    }

    private static Result read(GitObjects objects, List<CommitRange.Commit> commits, String range) throws IOException {
        if (commits.isEmpty()) {
            return new Result.Refused(Kind.EMPTY, "no commits in " + range);
        }
        if (commits.size() > MOST) {
            return new Result.Refused(Kind.TOO_LONG, "more than " + MOST + " commits in " + range);
        }
        List<Entry> entries = new ArrayList<>();
        for (CommitRange.Commit commit : commits) {
            if (commit.parents().size() != 1) {
                String kind = commit.parents().isEmpty() ? "a root commit" : "a merge";
                return new Result.Refused(
                        Kind.NOT_LINEAR,
                        commit.id().substring(0, 12) + " (" + commit.subject() + ") is " + kind
                                + "; a series is a line of commits with one parent each");
            }
            byte[] diff = CommitRange.diff(objects, commit.parents().get(0), commit.id());
            entries.add(new Entry(new PatchInput(entries.size() + 1, commit.subject(), diff, commit.id()), commit));
        }
        return new Result.Range(commits.get(0).parents().get(0), entries);
    }
}
