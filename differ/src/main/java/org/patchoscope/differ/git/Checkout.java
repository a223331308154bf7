// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.patchoscope.differ.diff.FileMode;
import org.patchoscope.differ.diff.SafePath;

/** Writes the files of a tree into a new directory. No attributes, filters or hooks are heeded. */
public final class Checkout {
    private Checkout() {}

    private record Item(String path, FileMode mode, ObjectId id) {}

    /** Writes all files; submodules are left out. */
    public static void write(GitObjects objects, String treeId, Path target, IntConsumer done) throws IOException {
        List<Item> items = items(objects, treeId);
        makeDirectories(items, target);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        Parallel.run(() -> {
            try (ObjectReader reader = objects.repository().newObjectReader()) {
                for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                    writeFile(reader, items.get(i), target);
                    done.accept(finished.incrementAndGet());
                }
            }
        });
    }

    private static List<Item> items(GitObjects objects, String treeId) throws IOException {
        List<Item> items = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(objects.repository())) {
            walk.addTree(ObjectId.fromString(treeId));
            walk.setRecursive(true);
            while (walk.next()) {
                String path = walk.getPathString();
                var objection = SafePath.objection(path);
                if (objection.isPresent()) {
                    throw new IOException("the tree cannot be written out: " + objection.get());
                }
                FileMode.ofBits(walk.getRawMode(0))
                        .ifPresent(mode -> items.add(new Item(path, mode, walk.getObjectId(0))));
            }
        }
        return items;
    }

    private static void makeDirectories(List<Item> items, Path target) throws IOException {
        Set<Path> made = new HashSet<>();
        for (Item item : items) {
            Path parent = target.resolve(item.path).getParent();
            if (parent != null && made.add(parent)) {
                Files.createDirectories(parent);
            }
        }
    }

    private static void writeFile(ObjectReader reader, Item item, Path target) throws IOException {
        byte[] content = reader.open(item.id, Constants.OBJ_BLOB).getCachedBytes(Integer.MAX_VALUE);
        Path file = target.resolve(item.path);
        switch (item.mode) {
            case SYMLINK -> {
                String link = GitObjects.linkTarget(content);
                var objection = SafePath.linkObjection(item.path, link);
                if (objection.isPresent()) {
                    throw new IOException("the tree cannot be written out: " + objection.get());
                }
                Files.createSymbolicLink(file, Path.of(link));
            }
            case REGULAR -> Files.write(file, content);
            case EXECUTABLE -> {
                Files.write(file, content);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
