// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;

/** When a sender is believed. */
final class SenderProofTest {
    private static final Set<String> BELIEVED = Set.of("mx.ours.org");

    private static boolean proven(String... results) {
        Mail mail = Mail.of("a@x", "x").from("Jo <jo@lists.good.org>");
        for (String result : results) {
            mail.with("Authentication-Results: " + result);
        }
        return SenderProof.isProven(mail.read(), BELIEVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx.ours.org; dkim=pass header.d=lists.good.org",
                "MX.ours.org 1; spf=fail smtp.mailfrom=evil.org; dkim=pass (2048-bit key; good) header.d=good.org header.s=a",
                "mx.ours.org;\n dkim=pass header.i=@good.org header.b=abc",
                "mx.ours.org; dkim=none; dmarc=pass (p=none dis=none) header.from=lists.good.org"
            })
    void byDkimOrDmarcForTheDomainOfFrom(String result) {
        assertThat(proven(result)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx.evil.org; dkim=pass header.d=good.org",
                "mx.ours.org.evil.org; dkim=pass header.d=good.org",
                "mx.ours.org; dkim=fail header.d=good.org",
                "mx.ours.org; dkim=pass header.d=evil.org",
                "mx.ours.org; dkim=pass header.d=notgood.org",
                "mx.ours.org; dkim=pass header.d=org",
                "mx.ours.org; spf=pass smtp.mailfrom=good.org",
                "mx.ours.org; dmarc=pass header.from=evil.org",
                "mx.ours.org; dkim=fail (dkim=pass header.d=good.org; x) header.d=good.org",
                "mx.ours.org; spf=pass smtp.mailfrom=\"a; dkim=pass header.d=good.org ;\"@evil.org",
                "mx.ours.org; spf=pass smtp.mailfrom=\"a\\\"; dkim=pass header.d=good.org ;\"@evil.org",
                "mx.ours.org; dkim=fail (bad ( ; dkim=pass header.d=good.org",
                "mx.ours.org; dkim=fail header.i=\"x header.d=good.org\"@evil.org",
                "mx.ours.org; none",
                "mx.ours.org",
                ";;;",
                ""
            })
    void notByAnotherServerDomainOrMethod(String result) {
        assertThat(proven(result)).isFalse();
    }

    @Test
    void notByAFieldBelowTheTopmost() {
        assertThat(proven("mx.ours.org; dkim=none", "mx.ours.org; dkim=pass header.d=good.org"))
                .isFalse();
    }

    @Test
    void notWithSeveralSendersOrARelayAsOne() {
        String pass = "Authentication-Results: mx.ours.org; dkim=pass header.d=good.org";
        for (String from : new String[] {
            "Jo <jo@good.org>, Al <al@good.org>",
            "devnull+jo.good.org@good.org",
            "Jo via List <list@good.org>",
            "nobody"
        }) {
            Message mail = Mail.of("a@x", "x").from(from).with(pass).read();
            assertThat(SenderProof.isProven(mail, BELIEVED)).as(from).isFalse();
        }
        Message twice = Mail.of("a@x", "x")
                .from("jo@good.org")
                .from("al@good.org")
                .with(pass)
                .read();
        assertThat(SenderProof.isProven(twice, BELIEVED)).isFalse();
    }

    @Test
    void notWithoutAnyServerBelieved() {
        Message mail = Mail.of("a@x", "x")
                .from("jo@good.org")
                .with("Authentication-Results: ; dkim=pass header.d=good.org")
                .read();
        assertThat(SenderProof.isProven(mail, Set.of())).isFalse();
    }
}
