// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/** The commits of a repository worth trying as a base. */
public final class Candidates {
    private Candidates() {}

    /**
     * A commit to try.
     *
     * @param named whether a branch or tag names it, rather than being one of the head's ancestors
     */
    public record Candidate(String name, String commit, String tree, boolean named) {}

    /** The head, branches and tags (youngest first), then the head's first-parent history. */
    public static List<Candidate> of(GitObjects objects, int history) throws IOException {
        Repository repository = objects.repository();
        Map<String, Candidate> found = new LinkedHashMap<>();
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head != null) {
                add(found, Constants.HEAD, walk.parseCommit(head), true);
            }
            for (NamedCommit ref : refs(repository, walk)) {
                add(found, ref.name, ref.commit, true);
            }
            RevCommit at = head == null ? null : walk.parseCommit(head);
            for (int i = 0; i < history && at != null && at.getParentCount() > 0; i++) {
                at = walk.parseCommit(at.getParent(0));
                add(found, at.abbreviate(12).name(), at, false);
            }
        }
        return List.copyOf(found.values());
    }

    private record NamedCommit(String name, RevCommit commit) {}

    private static List<NamedCommit> refs(Repository repository, RevWalk walk) throws IOException {
        List<NamedCommit> commits = new ArrayList<>();
        for (Ref ref :
                repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_REMOTES, Constants.R_TAGS)) {
            if (ref.getObjectId() != null) {
                RevObject target = walk.peel(walk.parseAny(ref.getObjectId()));
                if (target instanceof RevCommit commit) {
                    commits.add(new NamedCommit(Repository.shortenRefName(ref.getName()), walk.parseCommit(commit)));
                }
            }
        }
        commits.sort(Comparator.comparingInt((NamedCommit c) -> c.commit.getCommitTime())
                .reversed());
        return commits;
    }

    private static void add(Map<String, Candidate> found, String name, RevCommit commit, boolean named) {
        found.putIfAbsent(
                commit.name(),
                new Candidate(name, commit.name(), commit.getTree().name(), named));
    }
}
