// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.mail.text.Bytes;
import org.patchoscope.mail.text.Charsets;

/** Reads file names from diff headers: git's (quoted or not, with or without prefixes), quilt's and svn's. */
public final class DiffPaths {

    private static final Pattern RENAMED = Pattern.compile("(?:rename|copy) (?:from|to) (.+)", Pattern.DOTALL);
    private static final String NOWHERE = "/dev/null";

    private final LinkedHashSet<String> paths = new LinkedHashSet<>();
    private List<String> git = List.of();
    private boolean named;

    private DiffPaths() {}

    public static List<String> of(byte[] diff) {
        DiffPaths reader = new DiffPaths();
        reader.read(Bytes.lines(diff));
        return List.copyOf(reader.paths);
    }

    private void read(List<Bytes.Line> lines) {
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at).text();
            Optional<HunkHeader> hunk = HunkHeader.of(lines.get(at));
            if (hunk.isPresent()) {
                at = HunkBody.read(lines, at, hunk.get()).end();
                continue;
            }
            if (line.startsWith("diff --git ")) {
                flush();
                git = gitNames(line.substring(11));
                named = false;
            } else if (line.startsWith("rename ") || line.startsWith("copy ")) {
                renamed(line);
            } else if (line.startsWith("--- ")
                    && at + 1 < lines.size()
                    && lines.get(at + 1).startsWith("+++ ")) {
                pair(name(line.substring(4)), name(lines.get(at + 1).text().substring(4)));
                named = true;
                at++;
            }
            at++;
        }
        flush();
    }

    /** A mode change, an empty file or a binary patch has no other names than the "diff --git" line's. */
    private void flush() {
        if (!named && git.size() == 2) {
            pair(git.get(0), git.get(1));
        }
        git = List.of();
    }

    private void renamed(String line) {
        Matcher m = RENAMED.matcher(line);
        if (m.matches()) {
            add(name(m.group(1)));
            named = true;
        }
    }

    private void pair(String before, String after) {
        if (before.equals(NOWHERE) || after.equals(NOWHERE)) {
            String only = before.equals(NOWHERE) ? after : before;
            boolean prefixed = git.size() == 2 ? !git.get(0).equals(git.get(1)) : only.indexOf('/') > 0;
            add(prefixed ? strip(only) : only);
        } else if (before.equals(after)) {
            // "git diff --no-prefix" and "Index:" diffs: the name is the path already.
            add(before);
        } else {
            add(strip(before));
            add(strip(after));
        }
    }

    private void add(String path) {
        if (!path.isEmpty() && !path.equals(NOWHERE)) {
            paths.add(path);
        }
    }

    /** Drops the first component ("a/", "linux-6.1.orig/"), as {@code patch -p1} does. */
    private static String strip(String path) {
        int slash = path.indexOf('/');
        return slash < 0 || path.equals(NOWHERE) ? path : path.substring(slash + 1);
    }

    /** A name ends at a tab, after which diff(1) writes a date; git quotes names with odd bytes like C strings. */
    private static String name(String text) {
        if (text.startsWith("\"")) {
            return quoted(text).orElse(text);
        }
        int tab = text.indexOf('\t');
        return decode(tab < 0 ? text.strip() : text.substring(0, tab));
    }

    private static String decode(String latin) {
        return Charsets.decode(Bytes.latin(latin), "").text();
    }

    /** The two names of "diff --git": quoted, or unquoted with blanks, where both halves agree after their prefix. */
    private static List<String> gitNames(String text) {
        if (text.startsWith("\"") || text.endsWith("\"")) {
            List<String> names = new ArrayList<>();
            Matcher m = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\S+").matcher(text);
            while (m.find()) {
                names.add(name(m.group()));
            }
            return names;
        }
        for (int blank = text.indexOf(' '); blank >= 0; blank = text.indexOf(' ', blank + 1)) {
            String before = text.substring(0, blank);
            String after = text.substring(blank + 1);
            if (strip(before).equals(strip(after))) {
                return List.of(decode(before), decode(after));
            }
        }
        return List.of();
    }

    private static Optional<String> quoted(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 1;
        while (i < text.length() && text.charAt(i) != '"') {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i = escape(text, i + 1, out);
            } else {
                out.write(c);
                i++;
            }
        }
        return i < text.length()
                ? Optional.of(Charsets.decode(out.toByteArray(), "").text())
                : Optional.empty();
    }

    private static int escape(String text, int at, ByteArrayOutputStream out) {
        char c = text.charAt(at);
        if (c >= '0'
                && c <= '3'
                && at + 3 <= text.length()
                && text.substring(at, at + 3).matches("[0-7]{3}")) {
            out.write(Integer.parseInt(text.substring(at, at + 3), 8));
            return at + 3;
        }
        int known = "abtnvfr".indexOf(c);
        out.write(known >= 0 ? 7 + known : c);
        return at + 1;
    }
}
