// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.Samples;

class ReplyTextTest {
    private static final String ADDRESS = "https://patchoscope.example.org/r/7";

    @Test
    void fitsIntoAMail() {
        assertThat(ReplyText.render(Samples.demo(), ADDRESS, Map.of())
                        .lines()
                        // One line to copy.
                        .filter(l -> !l.startsWith("  b4 ")))
                .allSatisfy(l -> assertThat(l.length()).as(l).isLessThanOrEqualTo(72));
    }

    /** Nobody reads more; and a reader needs each of these, in this order. */
    @Test
    void saysWhatMattersFirstInAtMostFortyLines() {
        String text = ReplyText.render(Samples.demo(), ADDRESS, Map.of());
        assertThat(text.lines().count()).isLessThanOrEqualTo(40);
        assertThat(text.lines().findFirst().orElseThrow())
                .doesNotStartWith("The changelog")
                .doesNotStartWith("Simulated");
        assertThat(text)
                .containsSubsequence(
                        "Cause: ",
                        "When:  ",
                        "Before: ",
                        "After:  ",
                        "To repeat",
                        "b4 mbox",
                        ADDRESS,
                        "patchoscope: stop",
                        "\n-- \nPatchoscope")
                .doesNotContain("could not be decided", "does not hold");
        assertThat(text.split(ADDRESS, -1)).hasSize(2);
    }

    @Test
    void praisesNobodyAndSignsNothingOff() {
        assertThat(ReplyText.render(Samples.demo(), ADDRESS, Map.of()))
                .doesNotContain("Reviewed-by", "Tested-by", "Reported-by", "great", "!\n");
    }
}
