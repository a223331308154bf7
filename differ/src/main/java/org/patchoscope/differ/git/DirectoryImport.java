// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.patchoscope.differ.diff.FileMode;

/**
 * Puts a plain source directory into a bare repository as one commit. Every worker writes a pack of
 * its own: 95,000 loose objects would take minutes and as many inodes.
 */
public final class DirectoryImport {
    private static final String BRANCH = "refs/heads/import";

    private DirectoryImport() {}

    /**
     * Imports and returns the commit. It has a fixed author and time, so equal content makes an
     * equal commit.
     *
     * @param done told the number of files done
     */
    public static String run(Path directory, DirectoryScan scan, Path gitDir, IntConsumer done) throws IOException {
        GitObjects.createBare(gitDir);
        try (Repository repository = GitObjects.repository(gitDir)) {
            ObjectDirectory database = (ObjectDirectory) repository.getObjectDatabase();
            boolean fresh = database.getPacks().isEmpty();
            Map<String, Optional<TreeEntry>> files = blobs(directory, scan, database, fresh, done);
            try (PackInserter inserter = inserter(database, fresh);
                    ObjectReader reader = repository.newObjectReader()) {
                ObjectId tree = new TreeRewriter(reader, inserter).rewrite(null, files);
                ObjectId commit = inserter.insert(commit(tree));
                inserter.flush();
                point(repository, commit);
                return commit.name();
            }
        }
    }

    private static Map<String, Optional<TreeEntry>> blobs(
            Path directory, DirectoryScan scan, ObjectDirectory database, boolean fresh, IntConsumer done)
            throws IOException {
        Map<String, Optional<TreeEntry>> files = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        Parallel.run(() -> {
            try (PackInserter inserter = inserter(database, fresh)) {
                for (int i = next.getAndIncrement(); i < scan.items().size(); i = next.getAndIncrement()) {
                    DirectoryScan.Item item = scan.items().get(i);
                    ObjectId id = inserter.insert(Constants.OBJ_BLOB, content(directory, item));
                    files.put(item.path(), Optional.of(TreeEntry.file(item.mode(), id.name())));
                    done.accept(files.size());
                }
                inserter.flush();
            }
        });
        return files;
    }

    private static PackInserter inserter(ObjectDirectory database, boolean fresh) {
        PackInserter inserter = database.newPackInserter();
        inserter.setCompressionLevel(Deflater.BEST_SPEED);
        inserter.checkExisting(!fresh);
        return inserter;
    }

    private static byte[] content(Path directory, DirectoryScan.Item item) throws IOException {
        Path file = directory.resolve(item.path());
        return item.mode() == FileMode.SYMLINK
                ? Files.readSymbolicLink(file).toString().getBytes(UTF_8)
                : Files.readAllBytes(file);
    }

    private static CommitBuilder commit(ObjectId tree) {
        PersonIdent nobody = new PersonIdent("Patchoscope", "patchoscope@localhost", Instant.EPOCH, ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(nobody);
        commit.setCommitter(nobody);
        commit.setMessage("Import of a source directory\n");
        return commit;
    }

    private static void point(Repository repository, ObjectId commit) throws IOException {
        RefUpdate branch = repository.updateRef(BRANCH);
        branch.setNewObjectId(commit);
        branch.setForceUpdate(true);
        branch.update();
        repository.updateRef(Constants.HEAD, false).link(BRANCH);
    }
}
