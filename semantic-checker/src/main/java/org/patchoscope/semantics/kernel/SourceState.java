// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchoscope.semantics.kernel.files.Digest;
import org.patchoscope.semantics.kernel.files.TreePath;

/**
 * A kernel source state: a directory that is never modified, and the files that differ from it.
 *
 * @param baseId names the content of {@code baseDir}, e.g. a commit id or a package version
 * @param replaced the new content of files, also of ones that the base does not have
 * @param deleted files of the base that this state does not have
 */
public record SourceState(Path baseDir, String baseId, SortedMap<String, byte[]> replaced, SortedSet<String> deleted) {
    public SourceState {
        baseDir = baseDir.toAbsolutePath().normalize();
        replaced = Collections.unmodifiableSortedMap(new TreeMap<>(replaced));
        deleted = Collections.unmodifiableSortedSet(new TreeSet<>(deleted));
        for (String path : replaced.keySet()) {
            checkPath(baseDir, path);
            if (deleted.contains(path)) {
                throw new IllegalArgumentException("both replaced and deleted: " + path);
            }
        }
        for (String path : deleted) {
            checkPath(baseDir, path);
        }
    }

    private static void checkPath(Path baseDir, String path) {
        if (TreePath.throughSymlink(baseDir, TreePath.check(path))) {
            throw new IllegalArgumentException("the path leads through a symbolic link of the tree: " + path);
        }
    }

    public static SourceState base(Path baseDir, String baseId) {
        return new SourceState(baseDir, baseId, new TreeMap<>(), new TreeSet<>());
    }

    /** This state's base without any difference. */
    public SourceState withoutChanges() {
        return base(baseDir, baseId);
    }

    public boolean exists(String path) {
        return replaced.containsKey(path) || (!deleted.contains(path) && Files.isRegularFile(baseDir.resolve(path)));
    }

    Optional<byte[]> replacement(String path) {
        return Optional.ofNullable(replaced.get(path));
    }

    /** The content here of files that are other in {@code state}, which is of the same base and lacks none of these files. */
    SortedMap<String, byte[]> differencesTo(SourceState state) throws IOException {
        SortedMap<String, byte[]> differences = new TreeMap<>(replaced);
        differences.entrySet().removeIf(file -> Arrays.equals(file.getValue(), state.replaced.get(file.getKey())));
        for (String path : state.replaced.keySet()) {
            if (!replaced.containsKey(path)) {
                differences.put(path, Files.readAllBytes(baseDir.resolve(path)));
            }
        }
        return differences;
    }

    boolean isBase() {
        return replaced.isEmpty() && deleted.isEmpty();
    }

    /** Which paths exist here and not in the base, or the other way round: these can change what an include finds. */
    SortedSet<String> presence() {
        SortedSet<String> presence = new TreeSet<>();
        replaced.keySet().stream()
                .filter(path -> !Files.exists(baseDir.resolve(path)))
                .forEach(path -> presence.add("+" + path));
        deleted.forEach(path -> presence.add("-" + path));
        return presence;
    }

    /** Names the content of this state: same key, same files. */
    public String key() {
        Digest digest = new Digest().add("state-1").add(baseId).add(baseDir.toString());
        for (Map.Entry<String, byte[]> file : replaced.entrySet()) {
            digest.add(file.getKey()).add(file.getValue());
        }
        deleted.forEach(path -> digest.add("-" + path));
        return digest.hex();
    }
}
