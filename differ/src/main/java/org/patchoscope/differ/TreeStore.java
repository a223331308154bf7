// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.differ.git.Checkout;
import org.patchoscope.differ.git.Cloner;
import org.patchoscope.differ.git.DirectoryImport;
import org.patchoscope.differ.git.DirectoryScan;
import org.patchoscope.differ.git.GitObjects;
import org.patchoscope.differ.git.GitSystem;
import org.patchoscope.differ.git.TreeEntry;

/**
 * The reference trees, in a directory owned by Patchoscope. A user's repository is read where it
 * is and never written to; everything made here lives in the cache directory:
 * {@code trees/<name>/tree.properties}, {@code repo.git}, {@code scratch.git} and {@code checkout/<tree id>}.
 */
public final class TreeStore {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private final Path trees;
    private final Progress progress;

    public TreeStore(Path cacheDir) throws IOException {
        this(cacheDir, Progress.none());
    }

    public TreeStore(Path cacheDir, Progress progress) throws IOException {
        this.trees = Files.createDirectories(cacheDir.resolve("trees")).toRealPath();
        this.progress = progress;
        GitSystem.install(cacheDir);
    }

    /** Registers a git repository, or a plain source directory, which is imported unless that was done. */
    public synchronized TreeRef add(String name, Path path) throws IOException {
        Path home = home(name);
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(path.toString());
        }
        Path real = path.toRealPath();
        Optional<Path> gitDir = GitObjects.gitDirOf(real);
        if (gitDir.isPresent()) {
            return save(new TreeRef(name, TreeRef.Kind.REPOSITORY, real.toString(), gitDir.get()), "");
        }
        TreeRef ref = new TreeRef(name, TreeRef.Kind.DIRECTORY, real.toString(), home.resolve("repo.git"));
        progress.at("looking at " + real, 0, 0);
        DirectoryScan scan = DirectoryScan.of(real);
        if (!scan.stamp().equals(stamp(name)) || !Files.exists(ref.gitDir().resolve("HEAD"))) {
            int total = scan.items().size();
            DirectoryImport.run(real, scan, ref.gitDir(), done -> progress.at("importing " + real, done, total));
        }
        return save(ref, scan.stamp());
    }

    /** Registers a remote repository by cloning it; an earlier clone is brought up to date. */
    public synchronized TreeRef addRemote(String name, String gitUrl) throws IOException {
        TreeRef ref = new TreeRef(name, TreeRef.Kind.REMOTE, gitUrl, home(name).resolve("repo.git"));
        progress.at("fetching " + gitUrl, 0, 0);
        Cloner.cloneOrFetch(gitUrl, ref.gitDir());
        return save(ref, "");
    }

    /** All trees, by name. */
    public List<TreeRef> list() throws IOException {
        List<TreeRef> refs = new ArrayList<>();
        try (Stream<Path> homes = Files.list(trees)) {
            for (Path home : homes.sorted().toList()) {
                load(String.valueOf(home.getFileName())).ifPresent(refs::add);
            }
        }
        return List.copyOf(refs);
    }

    /** The tree with this name, or from this directory. */
    public Optional<TreeRef> find(String nameOrPath) throws IOException {
        Path path = Path.of(nameOrPath);
        String real = Files.isDirectory(path) ? path.toRealPath().toString() : nameOrPath;
        List<TreeRef> all = list();
        return Stream.concat(
                        all.stream().filter(t -> t.name().equals(nameOrPath)),
                        all.stream().filter(t -> t.origin().equals(real)))
                .findFirst();
    }

    /** The commit a tree stands at, if it has any. */
    public Optional<String> head(TreeRef tree) throws IOException {
        return resolve(tree, "HEAD");
    }

    /** The commit that a revision of a tree stands for. */
    public Optional<String> resolve(TreeRef tree, String revision) throws IOException {
        try (GitObjects objects = GitObjects.open(tree.gitDir())) {
            return objects.commit(revision);
        }
    }

    /** A file of the commit that a tree stands at; empty where there is none. */
    public Optional<byte[]> file(TreeRef tree, String path) throws IOException {
        try (GitObjects objects = GitObjects.open(tree.gitDir())) {
            Optional<String> commit = objects.commit("HEAD");
            Optional<String> root = commit.isEmpty() ? Optional.empty() : objects.tree(commit.get());
            Optional<TreeEntry> entry = root.isEmpty() ? Optional.empty() : objects.entry(root.get(), path);
            return entry.isEmpty()
                    ? Optional.empty()
                    : Optional.of(objects.blob(entry.get().id()));
        }
    }

    /**
     * A directory with the files of a commit, or of a state's tree id. Made once, only to be read. An
     * imported directory that has not changed since is that directory itself.
     */
    public synchronized Path checkout(TreeRef tree, String commitId) throws IOException {
        try (GitObjects objects = scratch(tree)) {
            String treeId = objects.tree(commitId)
                    .orElseThrow(() -> new NoSuchElementException("no commit " + commitId + " in " + tree.name()));
            if (isOrigin(tree, objects, treeId)) {
                return Path.of(tree.origin());
            }
            Path target = home(tree.name()).resolve("checkout").resolve(treeId);
            if (!Files.exists(target)) {
                writeOut(objects, treeId, target);
            }
            return target;
        }
    }

    private boolean isOrigin(TreeRef tree, GitObjects objects, String treeId) throws IOException {
        if (tree.kind() != TreeRef.Kind.DIRECTORY) {
            return false;
        }
        Optional<String> head = head(tree);
        Path origin = Path.of(tree.origin());
        return head.isPresent()
                && objects.tree(head.get()).equals(Optional.of(treeId))
                && Files.isDirectory(origin)
                && DirectoryScan.of(origin).stamp().equals(stamp(tree.name()));
    }

    private void writeOut(GitObjects objects, String treeId, Path target) throws IOException {
        Files.createDirectories(target.resolveSibling("."));
        Path unfinished = Files.createTempDirectory(target.getParent(), "unfinished-");
        Checkout.write(objects, treeId, unfinished, done -> progress.at("writing " + target, done, 0));
        // Renamed at the end, so a directory under its final name is always complete.
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A repository of ours that reads the tree's objects and takes what is made from them. */
    GitObjects scratch(TreeRef tree) throws IOException {
        return GitObjects.scratch(home(tree.name()).resolve("scratch.git"), tree.gitDir());
    }

    private Path home(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a tree: " + name);
        }
        return trees.resolve(name);
    }

    private String stamp(String name) throws IOException {
        return properties(name).getProperty("stamp", "");
    }

    private Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        Path file = home(name).resolve("tree.properties");
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private Optional<TreeRef> load(String name) throws IOException {
        Properties p = NAME.matcher(name).matches() ? properties(name) : new Properties();
        return p.getProperty("kind") == null
                ? Optional.empty()
                : Optional.of(new TreeRef(
                        name,
                        TreeRef.Kind.valueOf(p.getProperty("kind")),
                        p.getProperty("origin", ""),
                        Path.of(p.getProperty("gitDir", ""))));
    }

    private TreeRef save(TreeRef ref, String stamp) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("kind", ref.kind().name());
        properties.setProperty("origin", ref.origin());
        properties.setProperty("gitDir", ref.gitDir().toString());
        properties.setProperty("stamp", stamp);
        Path home = Files.createDirectories(home(ref.name()));
        Path unfinished = Files.createTempFile(home, "tree", ".tmp");
        try (var out = Files.newBufferedWriter(unfinished)) {
            properties.store(out, null);
        }
        Files.move(unfinished, home.resolve("tree.properties"), StandardCopyOption.ATOMIC_MOVE);
        return ref;
    }
}
