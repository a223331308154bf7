// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.Samples;
import org.patchoscope.bot.report.text.TextReportTest;

class HtmlReportTest {
    @Test
    void saysWhatTheTextSays() throws Exception {
        String page = HtmlReport.render(Samples.demo());
        Files.writeString(Path.of("target/report-demo.html"), page);
        assertThat(page)
                .contains("[2] arm64: audit_syscall_exit() is called before and is not called after")
                .contains("<dt>either</dt>")
                .contains("- audit_syscall_exit(regs)")
                .contains("Vanishes if audit_syscall_exit() does nothing")
                .contains("v v-equal\">equal within the bound (1 premise): loops followed for 2 turns")
                .contains("<td class=\"num\">-3.9%</td>")
                .contains("[2] still holds at the end of the series.");
    }

    @Test
    void needsNothingElse() {
        assertThat(HtmlReport.render(Samples.demo()))
                .doesNotContain("<script", "http://", "https://", "<img", "@import");
    }

    @Test
    void escapesWhatMailsSay() {
        String page = HtmlReport.render(TextReportTest.hostile("<script>\"'&{r.title}{#for}\u202e</title>"));
        assertThat(page)
                .doesNotContain("<script", "\u202e")
                .contains("&lt;script&gt;&quot;&#39;&amp;{r.title}{#for}\ufffd&lt;/title&gt;");
        assertThat(page.split("</head>")[0].split("</title>")).hasSize(2);
    }
}
