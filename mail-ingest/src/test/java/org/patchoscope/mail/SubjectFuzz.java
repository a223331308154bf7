// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.nio.charset.StandardCharsets;
import org.patchoscope.mail.series.Claims;

/** What holds for every subject, however it looks. */
public final class SubjectFuzz {
    private SubjectFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        SubjectLine subject = SubjectLine.parse(HeaderText.decodeWords(text));
        Claims.holds(subject.version() >= 0 && subject.part() >= 0 && subject.total() >= 0, "numbers are not negative");
        Claims.holds(subject.title().length() <= 2000, "a title is no longer than a subject");
        Claims.holds(subject.equals(SubjectLine.parse(HeaderText.decodeWords(text))), "the same again");
        MessageId.all(text).forEach(id -> Claims.holds(!id.key().isEmpty(), "an id is not empty"));
        MessageId.parse(text)
                .ifPresent(id -> Claims.holds(
                        MessageId.parse(id.toString()).equals(java.util.Optional.of(id)), "an id is read as written"));
        Address.parseAll(text);
        HeaderText.date(text);
    }
}
