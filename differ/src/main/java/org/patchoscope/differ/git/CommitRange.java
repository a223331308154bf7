// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** The commits of a range with their diffs. */
public final class CommitRange {
    private CommitRange() {}

    /** A commit; the message is split into its first paragraph and the rest. */
    public record Commit(
            String id,
            List<String> parents,
            String authorName,
            String authorEmail,
            Instant authored,
            String subject,
            String body) {
        public Commit {
            parents = List.copyOf(parents);
        }
    }

    /** Commits reachable from one by first parents and not from the other, oldest first. */
    public static List<Commit> list(GitObjects objects, String from, String to, int most) throws IOException {
        List<Commit> commits = new ArrayList<>();
        try (RevWalk walk = new RevWalk(objects.repository())) {
            walk.setFirstParent(true);
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(ObjectId.fromString(to)));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(from)));
            for (RevCommit commit : walk) {
                commits.addFirst(commit(commit));
                if (commits.size() > most) {
                    break;
                }
            }
        }
        return List.copyOf(commits);
    }

    private static Commit commit(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        String message = commit.getFullMessage();
        int gap = message.indexOf("\n\n");
        List<String> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            parents.add(parent.name());
        }
        return new Commit(
                commit.name(),
                parents,
                author.getName(),
                author.getEmailAddress(),
                author.getWhenAsInstant(),
                commit.getShortMessage(),
                gap < 0 ? "" : message.substring(gap + 2));
    }

    /** The diff of a commit against its parent, with renames and full ids; binary files as literals. */
    public static byte[] diff(GitObjects objects, String parent, String commit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RevWalk walk = new RevWalk(objects.repository());
                DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.setRepository(objects.repository());
            formatter.setDetectRenames(true);
            formatter.setAbbreviationLength(Constants.OBJECT_ID_STRING_LENGTH);
            List<DiffEntry> entries = formatter.scan(
                    walk.parseTree(ObjectId.fromString(parent)), walk.parseTree(ObjectId.fromString(commit)));
            for (DiffEntry entry : entries) {
                formatter.format(entry);
                formatter.flush();
                literal(objects, entry, out);
            }
        }
        return out.toByteArray();
    }

    /** JGit only says that binary files differ. What follows replaces that line. */
    private static void literal(GitObjects objects, DiffEntry entry, ByteArrayOutputStream out) throws IOException {
        if (entry.getNewMode().getObjectType() != Constants.OBJ_BLOB) {
            return;
        }
        byte[] content = objects.blob(entry.getNewId().name());
        byte[] soFar = out.toByteArray();
        int line = "Binary files differ\n".length();
        boolean left = soFar.length >= line
                && new String(soFar, soFar.length - line, line, java.nio.charset.StandardCharsets.US_ASCII)
                        .equals("Binary files differ\n")
                && RawText.isBinary(content);
        if (left) {
            out.reset();
            out.write(soFar, 0, soFar.length - line);
            BinaryLiteral.write(content, out);
        }
    }
}
