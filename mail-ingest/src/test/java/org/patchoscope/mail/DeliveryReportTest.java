// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The form is that of RFC 3464's examples; the servers' words are made up. */
class DeliveryReportTest {
    private static Message report(String status, String original) {
        return Mail.of("d@mx.example.org", "Undelivered Mail Returned to Sender")
                .from("MAILER-DAEMON@mx.example.org (Mail Delivery System)")
                .with("Auto-Submitted: auto-replied")
                .with("Content-Type: multipart/report; report-type=delivery-status; boundary=B")
                .body("--B\nContent-Type: text/plain\n\nIt did not go.\n--B\nContent-Type: message/delivery-status\n\n"
                        + status + "\n--B\n" + original + "\n--B--\n")
                .read();
    }

    private static final String WHOLE =
            "Content-Type: message/rfc822\n\nMessage-ID: <review-1.6b@bot.example.org>\nSubject: Re: x\n\nText.\n";

    @Test
    void whoDidNotGetWhichMailAndWhy() {
        Message mail = report("""
                Reporting-MTA: dns; mx.example.org
                Arrival-Date: Sat, 21 Nov 2026 19:00:00 +0000

                Final-Recipient: rfc822; Jo@Example.org
                Original-Recipient: rfc822;jo@example.org
                Action: failed
                Status: 5.1.1 (unknown)
                Diagnostic-Code: smtp; 550 5.1.1 <jo@example.org>:
                    Recipient address rejected

                Final-Recipient: rfc822; list@lists.example.org
                Action: delayed
                Status: 4.4.1
                """, WHOLE);
        assertThat(AutomaticMail.is(mail)).isTrue();
        DeliveryReport report = DeliveryReport.of(mail).orElseThrow();
        assertThat(report.original().value()).isEqualTo("review-1.6b@bot.example.org");
        assertThat(report.recipients())
                .containsExactly(
                        new DeliveryReport.Recipient(
                                "jo@example.org",
                                true,
                                "5.1.1",
                                "550 5.1.1 <jo@example.org>: Recipient address rejected"),
                        new DeliveryReport.Recipient("list@lists.example.org", false, "4.4.1", ""));
    }

    @Test
    void headersOfTheMailAreEnough() {
        Message mail = report(
                "\nFinal-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 5.7.1\n",
                "Content-Type: text/rfc822-headers\n\nMessage-ID: <r@bot.example.org>\n");
        assertThat(DeliveryReport.of(mail).orElseThrow().original().value()).isEqualTo("r@bot.example.org");
    }

    @Test
    void aMailboxThatIsFullTodayIsNoFailureForGood() {
        Message mail = report("\nFinal-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 5.2.2\n", WHOLE);
        assertThat(DeliveryReport.of(mail).orElseThrow().recipients())
                .singleElement()
                .satisfies(r -> assertThat(r.failed()).isFalse());
    }

    @Test
    void whatNamesNoMailOrSaysItInWordsIsNone() {
        assertThat(DeliveryReport.of(report("Action: failed\n", "Content-Type: text/plain\n\nYour mail\n")))
                .isEmpty();
        assertThat(DeliveryReport.of(Mail.patch("a@x", "[PATCH] x"))).isEmpty();
        assertThat(DeliveryReport.of(report("", WHOLE)).orElseThrow().recipients())
                .isEmpty();
    }
}
