// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.Locale;
import java.util.Optional;

/**
 * Which paths a patch may name. A patch comes from a stranger, so a path must stay inside the tree
 * on any file system, and must not reach git's own files.
 */
public final class SafePath {
    private static final int LONGEST = 4000;

    private SafePath() {}

    /** Why a path is refused, or empty when it is fine. */
    public static Optional<String> objection(String path) {
        if (path.isEmpty() || path.length() > LONGEST) {
            return Optional.of("empty or overlong path");
        }
        if (path.startsWith("/") || path.endsWith("/")) {
            return Optional.of("absolute path or directory: " + printable(path));
        }
        if (path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || c == 0xfffd)) {
            return Optional.of("control characters, backslashes or bad UTF-8 in path: " + printable(path));
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("path leaves the tree or is not normal: " + printable(path));
            }
            if (isGitDirectory(part)) {
                return Optional.of("path into git's own files: " + printable(path));
            }
        }
        return Optional.empty();
    }

    /** Why a symbolic link is refused: its target must stay inside the tree. */
    public static Optional<String> linkObjection(String path, String target) {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
            return Optional.of("symbolic link to an absolute or empty target: " + printable(path));
        }
        int depth = (int) path.chars().filter(c -> c == '/').count();
        for (String part : target.split("/", -1)) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return Optional.of("symbolic link out of the tree: " + printable(path));
            }
        }
        return Optional.empty();
    }

    /** {@code .git} as some file system may read it: in any case, with trailing dots or blanks, or as 8.3 name. */
    private static boolean isGitDirectory(String part) {
        StringBuilder kept = new StringBuilder();
        // HFS+ ignores these characters in names, so ".g\u200cit" opens ".git" there.
        part.codePoints().filter(c -> Character.getType(c) != Character.FORMAT).forEach(kept::appendCodePoint);
        String name = kept.toString().toLowerCase(Locale.ROOT);
        int colon = name.indexOf(':');
        String plain = (colon >= 0 ? name.substring(0, colon) : name).replaceAll("[. ]+$", "");
        return plain.equals(".git") || plain.equals("git~1");
    }

    private static String printable(String path) {
        String shown = path.length() > 200 ? path.substring(0, 200) + "..." : path;
        return shown.replaceAll("[\\p{Cntrl}]", "?");
    }
}
