// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A subject, taken apart the way kernel people write it ({@code Re: [RFC PATCH net-next v3 02/18] net: title}).
 *
 * @param version the posting's version, 1 when none is written
 * @param versionGiven whether a version is written
 * @param part the number before the slash; 0 is a cover letter when {@code total} is not 0
 * @param insert the digits after a decimal point in {@code 34.5/36}, else 0: a part squeezed in later
 * @param total the number after the slash; 0 when there is no counter
 * @param prefixes other words in the brackets (trees, versions of Linux), lower case, sorted, each once
 * @param rfc marked as request for comments
 * @param resend marked as sent again
 * @param reply starts with a reply or forward mark in any language
 * @param forwarded one of those marks is a forward
 * @param patch the word PATCH is there
 * @param pull the word PULL is there: never a series
 * @param title what is left
 */
public record SubjectLine(
        int version,
        boolean versionGiven,
        int part,
        int insert,
        int total,
        List<String> prefixes,
        boolean rfc,
        boolean resend,
        boolean reply,
        boolean forwarded,
        boolean patch,
        boolean pull,
        String title) {

    /** Characters that are looked at; the longest line that mail allows has 998. */
    private static final int LONGEST = 2000;

    private static final Pattern MINOR = Pattern.compile("v(\\d{1,3})\\.\\d{1,3}");

    public SubjectLine {
        prefixes = List.copyOf(prefixes);
    }

    /** Never fails: a subject nobody expected is a title. */
    public static SubjectLine parse(String subject) {
        return new SubjectParser().parse(subject.substring(0, Math.min(subject.length(), LONGEST)));
    }

    /** The 4 of a prefix "v4.1": a version with a touch-up, or a Linux; only the thread tells. Else 0. */
    public static int minorOf(String prefix) {
        Matcher m = MINOR.matcher(prefix);
        return m.matches() ? Integer.parseInt(m.group(1)) : 0;
    }

    /** Whether the subject counts parts ({@code 2/5}). */
    public boolean counted() {
        return total > 0;
    }

    /** Whether the subject counts this mail as the cover letter ({@code 0/5}). */
    public boolean cover() {
        return counted() && part == 0 && insert == 0;
    }

    /** A part beyond the total ({@code 16/15}) or between two ({@code 34.5/36}). */
    public boolean extra() {
        return counted() && (insert > 0 || part > total);
    }
}
