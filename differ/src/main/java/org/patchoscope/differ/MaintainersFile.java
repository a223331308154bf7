// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Who maintains which files, by a kernel tree's {@code MAINTAINERS}: its M, F, X and N lines, with the rules that the file's
 * own beginning states. Reviewers (R) and what is matched by content (K) are left out.
 */
public final class MaintainersFile {
    private static final Pattern LINE = Pattern.compile("([MFXN]):\\s+(\\S.*)");
    private static final Pattern ADDRESS = Pattern.compile("<([^<>\\s]+@[^<>\\s]+)>|^([^<>\\s]+@[^<>\\s]+)$");

    private record Section(List<String> people, List<Pattern> files, List<Pattern> excluded) {}

    private final List<Section> sections;

    private MaintainersFile(List<Section> sections) {
        this.sections = sections;
    }

    /** Reads the file's text; a line that is not understood maintains nothing. */
    public static MaintainersFile parse(String text) {
        List<Section> sections = new ArrayList<>();
        Section section = new Section(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : text.lines().toList()) {
            Matcher m = LINE.matcher(line);
            if (line.isBlank()) {
                sections.add(section);
                section = new Section(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            } else if (m.matches()) {
                add(section, m.group(1), m.group(2).strip());
            }
        }
        sections.add(section);
        return new MaintainersFile(sections.stream()
                .filter(s -> !s.people().isEmpty() && !s.files().isEmpty())
                .toList());
    }

    private static void add(Section section, String kind, String value) {
        switch (kind) {
            case "M" -> {
                Matcher m = ADDRESS.matcher(value);
                if (m.find()) {
                    String address = m.group(1) == null ? m.group(2) : m.group(1);
                    section.people().add(address.toLowerCase(Locale.ROOT));
                }
            }
            case "F" -> section.files().add(wildcard(value));
            case "X" -> section.excluded().add(wildcard(value));
            default -> expression(section, value);
        }
    }

    private static void expression(Section section, String value) {
        try {
            section.files().add(Pattern.compile(".*(?:" + value + ").*"));
        } catch (PatternSyntaxException e) {
            // Perl's own syntax; who is named there has to be configured by address.
            return;
        }
    }

    /** A trailing slash means all below; otherwise a star ends at a slash, and two do not. */
    private static Pattern wildcard(String value) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (value.startsWith("**", i)) {
                out.append(".*");
                i++;
            } else {
                out.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> Pattern.quote(String.valueOf(c));
                        });
            }
        }
        return Pattern.compile(value.endsWith("/") ? out + ".*" : out.toString());
    }

    /**
     * Whether somebody maintains a file.
     *
     * @param address in lower case
     * @param path relative to the tree
     */
    public boolean maintains(String address, String path) {
        return sections.stream()
                .anyMatch(
                        s -> s.people().contains(address) && matches(s.files(), path) && !matches(s.excluded(), path));
    }

    private static boolean matches(List<Pattern> patterns, String path) {
        return patterns.stream().anyMatch(p -> p.matcher(path).matches());
    }
}
