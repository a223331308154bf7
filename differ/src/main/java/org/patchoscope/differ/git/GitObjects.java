// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** An open repository: revisions, files of a tree, blobs; writes only where it was opened for it. */
public final class GitObjects implements AutoCloseable {
    private static final int LARGEST_BLOB = 256 << 20;

    private final Repository repository;
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    private GitObjects(Repository repository) {
        this.repository = repository;
        this.reader = repository.newObjectReader();
        this.inserter = repository.newObjectInserter();
    }

    /** Opens the repository with this git directory. */
    public static GitObjects open(Path gitDir) throws IOException {
        return new GitObjects(repository(gitDir));
    }

    static Repository repository(Path gitDir) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(gitDir.toFile())
                .setMustExist(true)
                .build();
    }

    /** The git directory of a work tree or a bare repository, or empty for any other directory. */
    public static Optional<Path> gitDirOf(Path path) throws IOException {
        if (Files.exists(path.resolve(".git"))) {
            return Optional.of(new FileRepositoryBuilder()
                    .setWorkTree(path.toFile())
                    .setup()
                    .getGitDir()
                    .toPath()
                    .toRealPath());
        }
        boolean bare = Files.isRegularFile(path.resolve("HEAD"))
                && Files.isDirectory(path.resolve("objects"))
                && Files.isDirectory(path.resolve("refs"));
        return bare ? Optional.of(path.toRealPath()) : Optional.empty();
    }

    /**
     * Opens, and makes when needed, a bare repository of ours that reads the objects of another one
     * and writes into itself, so the other one is never written to.
     */
    public static GitObjects scratch(Path scratchDir, Path sourceGitDir) throws IOException {
        Path objects;
        try (Repository source = repository(sourceGitDir)) {
            objects = source.getObjectDatabase() instanceof org.eclipse.jgit.internal.storage.file.ObjectDirectory dir
                    ? dir.getDirectory().toPath().toRealPath()
                    : sourceGitDir.resolve("objects");
        }
        createBare(scratchDir);
        Path alternates = scratchDir.resolve("objects/info/alternates");
        String wanted = objects + "\n";
        if (!Files.exists(alternates) || !Files.readString(alternates).equals(wanted)) {
            Files.createDirectories(scratchDir.resolve("objects/info"));
            Files.writeString(alternates, wanted);
        }
        return open(scratchDir);
    }

    static void createBare(Path dir) throws IOException {
        if (!Files.exists(dir.resolve("HEAD"))) {
            Files.createDirectories(dir);
            try (Repository made = new FileRepositoryBuilder()
                    .setGitDir(dir.toFile())
                    .setBare()
                    .build()) {
                made.create(true);
            }
        }
    }

    Repository repository() {
        return repository;
    }

    /** The commit that a revision (name, abbreviation, expression) stands for. */
    public Optional<String> commit(String revision) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            ObjectId id = repository.resolve(revision + "^{commit}");
            return id == null
                    ? Optional.empty()
                    : Optional.of(walk.parseCommit(id).name());
        } catch (RevisionSyntaxException
                | AmbiguousObjectException
                | IncorrectObjectTypeException
                | MissingObjectException e) {
            return Optional.empty();
        }
    }

    /** The tree of a commit, or the tree itself. */
    public Optional<String> tree(String treeish) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            return Optional.of(walk.parseTree(ObjectId.fromString(treeish)).name());
        } catch (IncorrectObjectTypeException | MissingObjectException e) {
            return Optional.empty();
        }
    }

    /** What a tree holds under a path. */
    public Optional<TreeEntry> entry(String treeId, String path) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, path, ObjectId.fromString(treeId))) {
            return walk == null
                    ? Optional.empty()
                    : Optional.of(new TreeEntry(
                            walk.getRawMode(0), walk.getObjectId(0).name()));
        }
    }

    /** A blob's content. */
    public byte[] blob(String id) throws IOException {
        return reader.open(ObjectId.fromString(id), Constants.OBJ_BLOB).getCachedBytes(LARGEST_BLOB);
    }

    /** The content of the one blob with an abbreviated id, when there is exactly one. */
    public Optional<byte[]> blobByPrefix(String abbreviation) throws IOException {
        if (abbreviation.length() < 7 || abbreviation.chars().allMatch(c -> c == '0')) {
            return Optional.empty();
        }
        Collection<ObjectId> found = reader.resolve(AbbreviatedObjectId.fromString(abbreviation));
        if (found.size() != 1) {
            return Optional.empty();
        }
        ObjectId id = found.iterator().next();
        return reader.has(id, Constants.OBJ_BLOB) ? Optional.of(blob(id.name())) : Optional.empty();
    }

    /** The id that content has as a blob. */
    public String blobId(byte[] content) {
        return inserter.idFor(Constants.OBJ_BLOB, content).name();
    }

    /** Stores a blob. */
    public String writeBlob(byte[] content) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, content).name();
    }

    /** Stores the tree that comes from another one by some changed paths; an empty value removes. */
    public String writeTree(String treeId, Map<String, Optional<TreeEntry>> changes) throws IOException {
        String id = new TreeRewriter(reader, inserter)
                .rewrite(ObjectId.fromString(treeId), changes)
                .name();
        inserter.flush();
        return id;
    }

    /** A symbolic link's target as text. */
    public static String linkTarget(byte[] content) {
        return new String(content, UTF_8);
    }

    @Override
    public void close() {
        inserter.close();
        reader.close();
        repository.close();
    }
}
