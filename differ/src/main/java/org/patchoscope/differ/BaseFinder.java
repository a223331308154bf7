// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.differ.diff.ChangeType;
import org.patchoscope.differ.diff.FileDiff;
import org.patchoscope.differ.git.Candidates;
import org.patchoscope.differ.git.DiffParser;
import org.patchoscope.differ.git.GitObjects;
import org.patchoscope.differ.git.TreeEntry;

/**
 * Finds the commit a series is meant for: the one given by the user, else the one its trailer
 * names, else one whose files are those of the "index" lines, else the head of the first tree.
 */
public final class BaseFinder {
    private static final int HISTORY = 500;

    private final TreeStore store;

    public BaseFinder(TreeStore store) {
        this.store = store;
    }

    /**
     * What is known.
     *
     * @param trees where to look, in order
     * @param given a revision the user asked for; then nothing else is tried
     * @param trailer the commit of a base-commit trailer
     */
    public record Request(
            List<TreeRef> trees,
            List<PatchInput> patches,
            @Nullable String given,
            @Nullable String trailer) {
        public Request {
            trees = List.copyOf(trees);
            patches = List.copyOf(patches);
        }
    }

    /** How a base was found. */
    public enum How {
        GIVEN,
        TRAILER,
        BLOBS,
        HEAD
    }

    /** Something tried, and what came of it. */
    public record Attempt(How how, String tree, String revision, String reason) {}

    /** What was found. */
    public sealed interface Result {
        /** A commit. */
        record Base(TreeRef tree, String commit, How how, List<Attempt> attempts) implements Result {
            public Base {
                attempts = List.copyOf(attempts);
            }
        }

        /** None. */
        record NotFound(List<Attempt> attempts) implements Result {
            public NotFound {
                attempts = List.copyOf(attempts);
            }
        }
    }

    /** Looks for the base; every attempt is in the result. */
    public Result find(Request request) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        if (request.given() != null) {
            return named(request.trees(), request.given(), How.GIVEN, attempts).orElse(new Result.NotFound(attempts));
        }
        if (request.trailer() != null) {
            Optional<Result> found = named(request.trees(), request.trailer(), How.TRAILER, attempts);
            if (found.isPresent()) {
                return found.get();
            }
        }
        Optional<Result> found = byBlobs(request, attempts);
        if (found.isEmpty()) {
            found = named(request.trees(), "HEAD", How.HEAD, attempts);
        }
        return found.orElse(new Result.NotFound(attempts));
    }

    private Optional<Result> named(List<TreeRef> trees, String revision, How how, List<Attempt> attempts)
            throws IOException {
        for (TreeRef tree : trees) {
            Optional<String> commit = store.resolve(tree, revision);
            attempts.add(new Attempt(how, tree.name(), revision, commit.isPresent() ? "found" : "no such commit"));
            if (commit.isPresent()) {
                return Optional.of(new Result.Base(tree, commit.get(), how, attempts));
            }
        }
        return Optional.empty();
    }

    private Optional<Result> byBlobs(Request request, List<Attempt> attempts) throws IOException {
        Map<String, String> wanted = preImages(request.patches());
        if (wanted.isEmpty()) {
            attempts.add(new Attempt(How.BLOBS, "", "", "the patches have no index lines"));
            return Optional.empty();
        }
        for (TreeRef tree : request.trees()) {
            try (GitObjects objects = GitObjects.open(tree.gitDir())) {
                for (Candidates.Candidate candidate : Candidates.of(objects, HISTORY)) {
                    int same = matches(objects, candidate, wanted);
                    boolean all = same == wanted.size();
                    if (all || candidate.named()) {
                        String reason = same + " of " + wanted.size() + " files are those the patches were made from";
                        attempts.add(new Attempt(How.BLOBS, tree.name(), candidate.name(), reason));
                    }
                    if (all) {
                        return Optional.of(new Result.Base(tree, candidate.commit(), How.BLOBS, attempts));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static int matches(GitObjects objects, Candidates.Candidate candidate, Map<String, String> wanted)
            throws IOException {
        int same = 0;
        for (var file : wanted.entrySet()) {
            Optional<TreeEntry> entry = objects.entry(candidate.tree(), file.getKey());
            same += entry.isPresent() && entry.get().id().startsWith(file.getValue()) ? 1 : 0;
        }
        return same;
    }

    /** Path and blob id of every file as the series first meets it. */
    static Map<String, String> preImages(List<PatchInput> patches) {
        Map<String, String> wanted = new LinkedHashMap<>();
        Set<String> made = new HashSet<>();
        for (PatchInput patch : patches) {
            if (DiffParser.parse(patch.diff()) instanceof DiffParser.Result.Parsed parsed) {
                for (FileDiff file : parsed.files()) {
                    boolean known = file.oldId().length() >= 7 && file.type() != ChangeType.ADD;
                    if (known && !made.contains(file.oldPath())) {
                        wanted.putIfAbsent(file.oldPath(), file.oldId());
                    }
                    made.add(file.oldPath());
                    made.add(file.newPath());
                }
            }
        }
        return wanted;
    }
}
