// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestTest {
    @Test
    void namesFindingsAsTheReportDoes() {
        Digest digest = Digest.of(Samples.demo());
        assertThat(digest.result()).startsWith("Simulated on");
        assertThat(digest.findings())
                .extracting(Digest.Entry::number)
                .startsWith(1, 2)
                .isSorted();
        assertThat(digest.findings().get(1).fate()).isEqualTo("stands");
    }

    @Test
    void aPageMayLinkFunctionsAndMails() {
        String body = HtmlReport.body(Samples.demo(), new Links() {
            @Override
            public Optional<String> function(String name) {
                return Optional.of("/f/" + name);
            }

            @Override
            public Optional<String> mail(String messageId) {
                return messageId.isEmpty() ? Optional.empty() : Optional.of("/m/" + messageId);
            }
        });
        assertThat(body)
                .contains("<a href=\"/f/el0_svc_common\">el0_svc_common()</a>")
                .contains("<a href=\"/m/20261101.1@example.org\">the mail</a>")
                .doesNotContain("<html", "<style");
    }
}
