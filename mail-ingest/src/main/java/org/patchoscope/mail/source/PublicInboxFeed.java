// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * A public-inbox archive of format 2: one git repository per epoch, one commit per mail, whose tree holds the mail as
 * {@code m}, or as {@code d} when it was taken away. The position is {@code epoch=commit} for each epoch. Where that
 * commit is no ancestor of the tip any more, history was rewritten and the epoch is read again from its start.
 */
final class PublicInboxFeed implements MailFeed {
    /**
     * @param tree that holds the mail
     * @param committed seconds since 1970, UTC
     */
    private record Commit(ObjectId id, ObjectId tree, long committed) {
        /** JGit keeps the time in 32 bits, which last until 2106 without a sign. */
        static Commit of(RevCommit commit) {
            return new Commit(commit.copy(), commit.getTree().copy(), Integer.toUnsignedLong(commit.getCommitTime()));
        }
    }

    private final String name;
    private final SequencedMap<Integer, Path> epochs;

    /**
     * @param name of the archive
     * @param epochs git directories by number, ascending
     */
    PublicInboxFeed(String name, SequencedMap<Integer, Path> epochs) {
        this.name = name;
        this.epochs = epochs;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(String position, Sink sink) throws IOException {
        EpochPositions at = EpochPositions.parse(position);
        for (var epoch : epochs.entrySet()) {
            at = readEpoch(epoch.getKey(), epoch.getValue(), at, sink);
        }
    }

    @Override
    public void close() {
        // Repositories are open only while they are read.
    }

    private static EpochPositions readEpoch(int number, Path gitDir, EpochPositions start, Sink sink)
            throws IOException {
        EpochPositions at = start;
        try (Repository repository = new FileRepositoryBuilder()
                        .setGitDir(gitDir.toFile())
                        .setBare()
                        .setMustExist(true)
                        .build();
                ObjectReader reader = repository.newObjectReader()) {
            ObjectId tip = tip(repository);
            if (tip.equals(ObjectId.zeroId()) || at.of(number).equals(tip.name())) {
                return at;
            }
            for (Commit commit : newCommits(reader, tip, at.of(number))) {
                at = at.with(number, commit.id().name());
                deliver(reader, commit, at, sink);
            }
        }
        return at;
    }

    /** A blob that is not here (a clone with a filter), or that is damaged, is one mail that cannot be read. */
    private static void deliver(ObjectReader reader, Commit commit, EpochPositions at, Sink sink) throws IOException {
        List<Arrival> arrivals;
        try {
            arrivals = arrivals(reader, commit, at);
        } catch (IOException | RuntimeException e) {
            sink.unreadable("the mail of commit " + commit.id().name() + " (" + e.getMessage() + ")");
            return;
        }
        for (Arrival arrival : arrivals) {
            sink.accept(arrival);
        }
    }

    private static List<Arrival> arrivals(ObjectReader reader, Commit commit, EpochPositions at) throws IOException {
        Instant arrived = Instant.ofEpochSecond(commit.committed());
        List<Arrival> arrivals = new ArrayList<>();
        CanonicalTreeParser tree = new CanonicalTreeParser();
        for (tree.reset(reader, commit.tree()); !tree.eof(); tree.next()) {
            String path = tree.getEntryPathString();
            if (path.equals("m") || path.equals("d")) {
                ObjectLoader blob = reader.open(tree.getEntryObjectId(), Constants.OBJ_BLOB);
                boolean cut = blob.getSize() > MailLimits.MOST_BYTES;
                Arrival.Change change = path.equals("m") ? Arrival.Change.ADDED : Arrival.Change.WITHDRAWN;
                arrivals.add(new Arrival(cut ? start(blob) : blob.getBytes(), change, arrived, cut, at.toString()));
            }
        }
        return arrivals;
    }

    private static byte[] start(ObjectLoader blob) throws IOException {
        try (InputStream in = blob.openStream()) {
            return in.readNBytes(MailLimits.MOST_BYTES);
        }
    }

    /** Commits after the known one, oldest first; all of them when it is unknown or not below the tip. */
    private static List<Commit> newCommits(ObjectReader reader, ObjectId tip, String known) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            RevCommit top = walk.parseCommit(tip);
            if (ObjectId.isId(known)) {
                try {
                    RevCommit last = walk.parseCommit(ObjectId.fromString(known));
                    if (walk.isMergedInto(last, top)) {
                        walk.reset();
                        walk.markUninteresting(last);
                    } else {
                        walk.reset();
                    }
                } catch (MissingObjectException e) {
                    // Rewritten and collected: everything is read again, and what is stored already stays as it is.
                    walk.reset();
                }
            }
            walk.markStart(top);
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            List<Commit> commits = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                commits.add(Commit.of(commit));
            }
            return commits;
        }
    }

    private static ObjectId tip(Repository repository) throws IOException {
        for (String name : List.of("HEAD", "refs/heads/master", "refs/heads/main")) {
            ObjectId id = repository.resolve(name + "^{commit}");
            if (id != null) {
                return id;
            }
        }
        return ObjectId.zeroId();
    }
}
