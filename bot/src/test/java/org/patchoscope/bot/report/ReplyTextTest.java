// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyTextTest {
    private static final String ADDRESS = "https://patchoscope.example.org/r/7";

    @Test
    void fitsIntoAMail() {
        assertThat(ReplyText.render(Samples.demo(), ADDRESS, Map.of()).lines())
                .allSatisfy(l -> assertThat(l.length()).as(l).isLessThanOrEqualTo(72));
    }

    @Test
    void saysWhatMattersFirstAndHowToCheckLast() {
        String text = ReplyText.render(Samples.demo(), ADDRESS, Map.of());
        assertThat(text)
                .startsWith("The changelog")
                .contains("[2] arm64: audit_syscall_exit()", "> -", "How to check:");
        assertThat(text.indexOf("How to check:")).isLessThan(text.indexOf(ADDRESS));
        assertThat(text).contains("\n-- \nPatchoscope");
    }

    @Test
    void praisesNobodyAndSignsNothingOff() {
        assertThat(ReplyText.render(Samples.demo(), ADDRESS, Map.of()))
                .doesNotContain("Reviewed-by", "Tested-by", "Reported-by", "great", "!\n");
    }
}
