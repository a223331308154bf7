// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks paths that come out of mails before anything is read or written by them. */
public final class TreePath {
    private static final int MAX_LENGTH = 1024;

    private TreePath() {}

    /** Returns {@code path} if it names a file below a tree's root in the one normal way; throws otherwise. */
    public static String check(String path) {
        boolean bad = path.isEmpty()
                || path.length() > MAX_LENGTH
                || path.startsWith("/")
                || path.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\');
        for (String part : path.split("/", -1)) {
            bad |= part.isEmpty() || part.equals(".") || part.equals("..") || part.equals(".git");
        }
        if (bad) {
            throw new IllegalArgumentException("not a normalised path inside a source tree: '" + path + "'");
        }
        return path;
    }

    /** Whether following {@code path} below {@code root} leaves the straight way through a symbolic link. */
    public static boolean throughSymlink(Path root, String path) {
        Path at = root;
        for (String part : List.of(path.split("/", -1))) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                return true;
            }
        }
        return false;
    }
}
