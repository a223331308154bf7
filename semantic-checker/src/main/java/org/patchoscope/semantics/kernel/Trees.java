// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.DirLock;
import org.patchoscope.semantics.toolchain.Progress;

/** Makes real trees: hard links to the base's files, and files of their own where a state differs. */
final class Trees {
    private final Progress progress;

    Trees(Progress progress) {
        this.progress = progress;
    }

    /** Returns the tree of a state below {@code home}, made unless it is there. */
    Path materialise(SourceState state, Path home) throws IOException {
        return DirLock.holding(home, () -> materialiseLocked(state, home));
    }

    private Path materialiseLocked(SourceState state, Path home) throws IOException {
        Path source = home.resolve("src");
        Path ready = home.resolve("tree-ready");
        if (!Files.exists(ready)) {
            progress.step("making a tree of its own for a state with "
                    + state.replaced().size() + " changed files");
            CacheFiles.deleteTree(source);
            Files.walkFileTree(state.baseDir(), new Linker(state.baseDir(), source));
            change(state, source);
            Files.createFile(ready);
        }
        return source;
    }

    /** A changed file is unlinked first: writing into the hard link would change the base. */
    private static void change(SourceState state, Path source) throws IOException {
        for (Map.Entry<String, byte[]> file : state.replaced().entrySet()) {
            Path target = source.resolve(file.getKey());
            boolean executable = Files.isExecutable(target);
            Files.deleteIfExists(target);
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
            // Scripts of the build are run by name.
            if (executable && !target.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make executable: " + target);
            }
        }
        for (String path : state.deleted()) {
            Files.deleteIfExists(source.resolve(path));
        }
    }

    private static final class Linker extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Linker(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
            if (dir.getFileName().toString().equals(".git")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path target = to.resolve(from.relativize(file));
            if (!attributes.isRegularFile()) {
                Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
            try {
                Files.createLink(target, file);
            } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
                // Another file system, or a base that belongs to another user.
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
