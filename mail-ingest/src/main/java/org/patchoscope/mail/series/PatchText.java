// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text above a diff, read as git reads it: in-body headers, commit message, and after {@code ---} what does not go into
 * the history.
 *
 * @param headers in-body From, Subject and Date by lower-case name
 * @param changelog the commit message
 */
record PatchText(Map<String, String> headers, String changelog) {

    /** Lines of a folded in-body header: beyond, matching costs more than it is worth. */
    private static final int MOST_FOLDS = 50;

    private static final Pattern IN_BODY = Pattern.compile("(?i)^>?(from|subject|date):\\s*(.*)$", Pattern.DOTALL);
    private static final Pattern TRAILER = Pattern.compile("^([A-Za-z][A-Za-z0-9-]*):\\s+(\\S.*)$");

    PatchText {
        headers = Map.copyOf(headers);
    }

    /** Reads the text that stands before a diff. */
    static PatchText above(String text) {
        List<String> all = lines(text);
        int start = Scissors.cut(all);
        while (start < all.size() && all.get(start).isBlank()) {
            start++;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> lines = all.subList(takeHeaders(all, start, headers), all.size());
        int stop = 0;
        while (stop < lines.size() && !lines.get(stop).stripTrailing().equals("---")) {
            stop++;
        }
        String log = String.join("\n", lines.subList(0, stop)).stripTrailing();
        return new PatchText(headers, log.replaceFirst("^\\n+", ""));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The trailers in the last paragraph that has any. */
    static List<Trailer> trailers(String changelog) {
        String[] paragraphs = changelog.strip().split("\\n\\s*\\n");
        List<Trailer> trailers = new ArrayList<>();
        for (String line : paragraphs[paragraphs.length - 1].split("\\n")) {
            Matcher m = TRAILER.matcher(line);
            if (m.matches()) {
                trailers.add(new Trailer(m.group(1), m.group(2).strip()));
            } else if (line.startsWith(" ") && !trailers.isEmpty()) {
                Trailer last = trailers.removeLast();
                trailers.add(new Trailer(last.name(), last.value() + " " + line.strip()));
            }
        }
        return List.copyOf(trailers);
    }

    /** The lines without LF or CRLF; what follows the last line end is one too, also when it is empty. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            boolean both = end > start && text.charAt(end - 1) == '\r';
            lines.add(text.substring(start, both ? end - 1 : end));
            start = end + 1;
        }
        lines.add(text.substring(start));
        return lines;
    }

    /** Reads in-body headers; returns the line after them. */
    private static int takeHeaders(List<String> lines, int start, Map<String, String> headers) {
        String last = "";
        int at = start;
        while (at < lines.size() && !lines.get(at).isBlank()) {
            String line = lines.get(at);
            Matcher m = IN_BODY.matcher(line);
            if (at == start && line.startsWith("[PATCH] ")) {
                // Like git: the subject without its name.
                last = "subject";
                headers.put(last, line);
            } else if (m.matches()) {
                last = m.group(1).toLowerCase(Locale.ROOT);
                headers.putIfAbsent(last, m.group(2).strip());
            } else if (!last.isEmpty() && line.startsWith(" ") && at - start < MOST_FOLDS) {
                headers.merge(last, " " + line.strip(), String::concat);
            } else {
                break;
            }
            at++;
        }
        return at;
    }
}
