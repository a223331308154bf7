// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes one subject apart from left to right: reply marks, bracket groups, then leftovers of both in the title. */
final class SubjectParser {

    private static final Pattern REPLY = Pattern.compile(
            "^(re|aw|antw|sv|vs|res|rv|回复|答复|回覆|fwd?|wg|tr|转发|forwarded)" + "(?:\\[\\d+\\]|\\(\\d+\\))?\\s*[:：]\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FORWARD = Pattern.compile("(?i)fwd?|wg|tr|转发|forwarded");
    private static final Pattern GROUP = Pattern.compile("^\\[+([^\\[\\]]*)\\]+\\s*(?:[:：]\\s*)*");
    /** Other brackets count only where the words in them are marks: "{PATCH v2}", "(RESEND)". */
    private static final Pattern OTHER_GROUP = Pattern.compile("^(?:\\{([^{}]*)\\}|\\(([^()]*)\\))\\s*(?:[:：]\\s*)*");

    private static final Pattern MARK = Pattern.compile("(?i)patch|rfc|rft|resend|repost|re-?send");
    private static final Pattern TREE_VERSION = Pattern.compile("(?i)^(.*[a-z].*?)[-._/:]+(v\\d{1,3})$");
    private static final Pattern TRAILING_RESEND = Pattern.compile("(?i)\\s*[(\\[](?:resend|repost)[)\\]]\\s*$");
    private static final Pattern OF = Pattern.compile("(?i)\\b(\\d+)(?:\\s+of\\s+|\\s*/\\s+|\\s+/)(\\d+)\\b");
    private static final Pattern VERSION = Pattern.compile("(?i)^v\\.?(\\d{1,3})(?:\\.(\\d+))?$");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern GLUED = Pattern.compile("(?i)^(patch|rfc|rft|resend|v\\d{1,3})[-_/+&.]?(.+)$");
    private static final Pattern COUNTER = Pattern.compile("^(\\d{1,4})(?:\\.(\\d{1,2}))?/(\\d{1,4})$");
    /** Unbracketed leading counters: "1/2: x", "PATCH v2 1/2: x", "PATCH: x". */
    private static final Pattern BARE = Pattern.compile(
            "^((?:(?:RFC|RESEND|PATCH)\\s+)*(?:(?:PATCH|v\\d{1,3})\\s+)*(?:\\d{1,4}/\\d{1,4}|PATCH))\\s*[:：]\\s*");

    private static final Pattern LEADING_VERSION = Pattern.compile("^[vV](\\d{1,3})\\s*[:：]\\s*");
    private static final Pattern TRAILING_VERSION = Pattern.compile("\\s*[(\\[][vV](\\d{1,3})[)\\]]\\s*$");

    private int version;
    private int part;
    private int insert;
    private int total;
    private final TreeSet<String> prefixes = new TreeSet<>();
    private boolean rfc;
    private boolean resend;
    private boolean reply;
    private boolean forwarded;
    private boolean patch;
    private boolean pull;
    private boolean grouped;

    SubjectLine parse(String subject) {
        String rest = marks(BLANKS.matcher(subject).replaceAll(" ").strip());
        Matcher bare = BARE.matcher(rest);
        if (bare.find()) {
            words(bare.group(1));
            rest = rest.substring(bare.end());
        }
        Matcher again = TRAILING_RESEND.matcher(rest);
        if ((grouped || patch) && again.find()) {
            resend = true;
            rest = rest.substring(0, again.start());
        }
        rest = titleVersion(rest);
        return new SubjectLine(
                version == 0 ? 1 : version,
                version != 0,
                part,
                insert,
                total,
                List.copyOf(prefixes),
                rfc,
                resend,
                reply,
                forwarded,
                patch,
                pull,
                rest.strip());
    }

    /** Reply marks may stand before and after bracket groups: gateways put "[EXT]" in front of "Re:". */
    private String marks(String text) {
        String rest = text;
        while (true) {
            Matcher again = REPLY.matcher(rest);
            Matcher group = GROUP.matcher(rest);
            if (again.find()) {
                reply = true;
                forwarded |= FORWARD.matcher(again.group(1)).matches();
                rest = rest.substring(again.end());
            } else if (group.find()) {
                grouped = true;
                words(group.group(1));
                rest = rest.substring(group.end());
            } else {
                Matcher other = OTHER_GROUP.matcher(rest);
                String inside = other.find() ? other.group().replaceAll("[{}():：]", " ") : "";
                if (!isMarks(inside)) {
                    return rest;
                }
                grouped = true;
                words(inside);
                rest = rest.substring(other.end());
            }
        }
    }

    private static boolean isMarks(String text) {
        return text.length() < 100
                && Stream.of(text.strip().split("[\\s,;]+"))
                        .anyMatch(w -> MARK.matcher(w).matches());
    }

    private void words(String text) {
        for (String word : OF.matcher(text).replaceAll("$1/$2").split("[\\s,;(){}]+")) {
            String bare = word.replaceAll("^[-({\\[]+|[)}\\]:]+$", "");
            if (!bare.isEmpty()) {
                word(bare);
            }
        }
    }

    private void word(String word) {
        if (mark(word) || version(word) || counter(word)) {
            return;
        }
        // "PATCHv5", "v2PATCH12/15", "RFC/PATCH", "RFCv2": split only where the rest is known too.
        Matcher glued = GLUED.matcher(word);
        if (glued.matches() && known(glued.group(2))) {
            word(glued.group(1));
            word(glued.group(2));
            return;
        }
        Matcher tree = TREE_VERSION.matcher(word);
        if (tree.matches()) {
            word(tree.group(1));
            word(tree.group(2));
            return;
        }
        prefixes.add(word.toLowerCase(Locale.ROOT));
    }

    private static boolean known(String word) {
        if (word.matches("(?i)patch(es|set)?|rfc|rft|resend|repost|v\\d{1,3}")
                || COUNTER.matcher(word).matches()) {
            return true;
        }
        Matcher glued = GLUED.matcher(word);
        return glued.matches() && known(glued.group(2));
    }

    private boolean mark(String word) {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "patch", "patches", "patchset" -> patch = true;
            case "rfc" -> rfc = true;
            case "resend", "repost", "re-send" -> resend = true;
            case "pull" -> pull = true;
            case "git" -> {
                return false;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean version(String word) {
        Matcher m = VERSION.matcher(word);
        if (!m.matches()) {
            return false;
        }
        int major = Integer.parseInt(m.group(1));
        // "v6.18" and "v5.4" name a Linux; "v2.1" is a second version with a touch-up.
        if (major == 0 || (m.group(2) != null && major >= 4)) {
            return false;
        }
        version = major;
        return true;
    }

    private boolean counter(String word) {
        Matcher m = COUNTER.matcher(word);
        // A counter has a total; "0/0" counts nothing.
        if (!m.matches() || Integer.parseInt(m.group(3)) == 0) {
            return false;
        }
        part = Integer.parseInt(m.group(1));
        insert = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
        total = Integer.parseInt(m.group(3));
        return true;
    }

    /** "[PATCH] v3: x" and "[PATCH] x (v3)"; without brackets "(v3)" is part of a sentence. */
    private String titleVersion(String title) {
        if (version != 0 || !(grouped || patch)) {
            return title;
        }
        Matcher leading = LEADING_VERSION.matcher(title);
        if (leading.find() && !leading.group(1).matches("0+")) {
            version = Integer.parseInt(leading.group(1));
            return title.substring(leading.end());
        }
        Matcher trailing = TRAILING_VERSION.matcher(title);
        if (trailing.find() && !trailing.group(1).matches("0+")) {
            version = Integer.parseInt(trailing.group(1));
            return title.substring(0, trailing.start());
        }
        return title;
    }
}
