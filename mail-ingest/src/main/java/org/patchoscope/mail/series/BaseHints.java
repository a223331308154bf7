// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.mail.Message;

/** Looks for a base in the mails of one series, best evidence first. */
final class BaseHints {

    private static final Pattern COMMIT = Pattern.compile("(?m)^base-commit:\\s*([0-9a-f]{7,64})\\b");
    private static final Pattern PREREQUISITE = Pattern.compile("(?m)^prerequisite-patch-id:\\s*([0-9a-f]{7,64})\\b");
    private static final Pattern VERSION =
            Pattern.compile("^(?:linux-)?v?\\d{1,2}\\.\\d{1,3}(?:\\.(?:\\d{1,3}|y))?(?:-rc\\d{1,2})?$");
    private static final Pattern BASED_ON = Pattern.compile(
            "(?i)\\b(?:based|rebased|applies|apply|is) (?:on(?:to)?|to|against)(?: top of)?(?: linux)?\\s+"
                    + "(v?\\d{1,2}\\.\\d{1,3}(?:\\.\\d{1,3})?(?:-rc\\d{1,2})?)\\b");

    private BaseHints() {}

    /** Mails in order of trust: cover letter, then patches. */
    static BaseHint of(List<Message> mails, List<String> prefixes) {
        for (Message mail : mails) {
            Matcher commit = COMMIT.matcher(mail.body());
            // The word first: looking for it alone is far quicker than for the line.
            if (mail.body().contains("base-commit:") && commit.find()) {
                List<String> prerequisites = PREREQUISITE
                        .matcher(mail.body())
                        .results()
                        .map(r -> r.group(1))
                        .toList();
                return new BaseHint.Commit(commit.group(1), prerequisites);
            }
        }
        for (String prefix : prefixes) {
            if (List.of(prefix.split("/")).stream()
                    .allMatch(v -> VERSION.matcher(v).matches())) {
                return new BaseHint.VersionName(prefix);
            }
        }
        return mails.stream()
                .limit(1)
                .flatMap(m -> BASED_ON.matcher(aboveDiff(m.body())).results())
                .map((MatchResult r) -> r.group(1).toLowerCase(Locale.ROOT))
                .findFirst()
                .<BaseHint>map(BaseHint.VersionName::new)
                .orElse(new BaseHint.None());
    }

    /** What people say of a base stands above their code, which may say it of something else. */
    private static String aboveDiff(String body) {
        int diff = body.indexOf("\ndiff --git ");
        return diff < 0 ? body : body.substring(0, diff);
    }
}
