// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;

/** Writes epochs as public-inbox does: a commit per mail, the mail in "m", or in "d" when it is taken away. */
public final class Inbox implements AutoCloseable {
    private final Repository repository;
    private ObjectId tip = ObjectId.zeroId();

    private Inbox(Repository repository) {
        this.repository = repository;
    }

    public static Inbox create(Path gitDir) throws Exception {
        return new Inbox(Git.init()
                .setBare(true)
                .setDirectory(gitDir.toFile())
                .setInitialBranch("master")
                .call()
                .getRepository());
    }

    public Inbox add(String mail) throws IOException {
        return commit("m", mail);
    }

    public Inbox withdraw(String mail) throws IOException {
        return commit("d", mail);
    }

    /** A mail whose committer has a clock as real epochs have them, with a zone that is none. */
    public Inbox addAt(String time, String mail) throws IOException {
        try (ObjectInserter objects = repository.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(
                    "m",
                    FileMode.REGULAR_FILE,
                    objects.insert(Constants.OBJ_BLOB, mail.getBytes(StandardCharsets.UTF_8)));
            String parent = tip.equals(ObjectId.zeroId()) ? "" : "parent " + tip.name() + "\n";
            String commit = "tree " + objects.insert(tree).name() + "\n" + parent + "author A <a@x.org> " + time
                    + "\ncommitter A <a@x.org> " + time + "\n\nsubject\n";
            return moveTo(objects.insert(Constants.OBJ_COMMIT, commit.getBytes(StandardCharsets.UTF_8)), objects);
        }
    }

    /** Starts history anew; what is added next has no parent. */
    public Inbox rewrite() {
        tip = ObjectId.zeroId();
        return this;
    }

    private Inbox commit(String name, String mail) throws IOException {
        try (ObjectInserter objects = repository.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(
                    name,
                    FileMode.REGULAR_FILE,
                    objects.insert(Constants.OBJ_BLOB, mail.getBytes(StandardCharsets.UTF_8)));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(objects.insert(tree));
            if (!tip.equals(ObjectId.zeroId())) {
                commit.setParentId(tip);
            }
            PersonIdent who = new PersonIdent("A", "a@x.org", Instant.ofEpochSecond(1_780_000_000L), ZoneOffset.UTC);
            commit.setAuthor(who);
            commit.setCommitter(who);
            commit.setMessage("subject\n");
            return moveTo(objects.insert(commit), objects);
        }
    }

    private Inbox moveTo(ObjectId commit, ObjectInserter objects) throws IOException {
        tip = commit;
        objects.flush();
        RefUpdate update = repository.updateRef("refs/heads/master");
        update.setNewObjectId(tip);
        update.setForceUpdate(true);
        update.update();
        return this;
    }

    @Override
    public void close() {
        repository.close();
    }
}
