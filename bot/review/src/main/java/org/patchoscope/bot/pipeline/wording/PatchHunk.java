// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hunk of a patch, for quoting and to say which change a difference comes from.
 *
 * @param file its path in the tree
 * @param line of the new file that its first changed line has
 * @param functions that its changed lines are in; empty where one of them is in none, or in one whose name is not certain
 * @param lines header and body, as in the diff
 */
public record PatchHunk(String file, int line, Set<String> functions, List<String> lines) {
    /** A definition begins in the first column, and its name stands before the first parenthesis. */
    private static final Pattern DEFINITION = Pattern.compile("(?:[A-Za-z_][\\w*]*[ \\t*]+)*\\**([a-z_]\\w*)\\([^;]*");

    private static final Pattern LABEL = Pattern.compile("\\w+:.*");

    private static final Pattern HEADER = Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@ ?(.*)");

    public PatchHunk {
        functions = Set.copyOf(functions);
        lines = List.copyOf(lines);
    }

    /**
     * Reads what a hunk says of itself.
     *
     * @param after the file's lines as the patch leaves them
     */
    public static PatchHunk of(String file, List<String> lines, List<String> after) {
        Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.getFirst());
        int stated = header.matches() ? Integer.parseInt(header.group(1)) : 0;
        int line = placed(lines, after, stated);
        Optional<String> within = Optional.empty();
        for (String l : after.subList(0, Math.clamp(line - 1L, 0, after.size()))) {
            within = within(l, within);
        }
        Set<String> functions = new LinkedHashSet<>();
        boolean certain = file.endsWith(".c") || file.endsWith(".h");
        int first = 0;
        for (String l : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String text = l.isEmpty() ? "" : l.substring(1);
            boolean changed = l.startsWith("+") || l.startsWith("-");
            first = first == 0 && changed ? line : first;
            within = within(text, within);
            if (changed && !text.isBlank()) {
                within.ifPresent(functions::add);
                certain &= within.isPresent();
            }
            line += l.startsWith("-") ? 0 : 1;
        }
        return new PatchHunk(file, first, certain ? functions : Set.of(), lines);
    }

    /** The function that the code after a line is in, by what begins or ends in its first column. */
    private static Optional<String> within(String line, Optional<String> before) {
        boolean says = !line.isEmpty()
                && !Character.isWhitespace(line.charAt(0))
                && "{/*)".indexOf(line.charAt(0)) < 0
                && !LABEL.matcher(line).matches();
        if (!says) {
            return before;
        }
        Matcher m = DEFINITION.matcher(line);
        return m.matches() && !line.startsWith("#") ? Optional.of(m.group(1)) : Optional.empty();
    }

    /** Where in the file the hunk's lines are: nearest to where the patch says. */
    private static int placed(List<String> hunk, List<String> after, int stated) {
        List<String> block = hunk.stream()
                .skip(1)
                .filter(l -> !l.startsWith("-") && !l.startsWith("\\"))
                .map(l -> l.isEmpty() ? "" : l.substring(1))
                .toList();
        int best = stated;
        int distance = Integer.MAX_VALUE;
        for (int i = 0; i + block.size() <= after.size(); i++) {
            if (Math.abs(i + 1 - stated) < distance
                    && after.subList(i, i + block.size()).equals(block)) {
                best = i + 1;
                distance = Math.abs(i + 1 - stated);
            }
        }
        return best;
    }

    /** Whether its file may be part of a kernel for the architecture, by Kbuild's name: directories below arch/ are one's own. */
    public boolean isFor(String arch) {
        return !file.startsWith("arch/") || file.startsWith("arch/" + (arch.equals("x86_64") ? "x86" : arch) + "/");
    }

    /** Whether it may be the reason for what an execution of those functions shows. */
    public boolean mayChange(Set<String> executed) {
        return functions.isEmpty() || executed.isEmpty() || functions.stream().anyMatch(executed::contains);
    }

    /** Whether one of its lines names it. */
    public boolean names(String function) {
        Pattern word = Pattern.compile("\\b" + Pattern.quote(function) + "\\b");
        return lines.stream().skip(1).anyMatch(l -> word.matcher(l).find());
    }

    /** Whether lines that begin with {@code marked} name it, and no others do. */
    public boolean namesOnly(String function, char marked) {
        Pattern word = Pattern.compile("\\b" + Pattern.quote(function) + "\\b");
        List<String> naming =
                lines.stream().skip(1).filter(l -> word.matcher(l).find()).toList();
        return !naming.isEmpty() && naming.stream().allMatch(l -> l.charAt(0) == marked);
    }

    /** Where it is, as compilers write it. */
    public String place() {
        return file + (line > 0 ? ":" + line : "");
    }

    /** The lines of all of them. */
    public static List<List<String>> lines(List<PatchHunk> hunks) {
        List<List<String>> all = new ArrayList<>();
        hunks.forEach(h -> all.add(h.lines()));
        return List.copyOf(all);
    }
}
