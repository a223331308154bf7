// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.mbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.AutomaticMail;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.Problem;
import org.patchoscope.mail.series.Assembly;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.SeriesAssembler;

/** Mail made to do harm: bounded time, the raw mail kept, and the limit stated. */
@Timeout(90)
final class BadInputTest {
    private static Message read(String mail) {
        Message message = MailSource.readMessage(mail.getBytes(StandardCharsets.ISO_8859_1));
        SeriesAssembler.assemble(List.of(message));
        Patch.of(message);
        return message;
    }

    private static final String HEAD = "Message-ID: <a@x>\nFrom: A <a@x.org>\nDate: Mon, 29 Jun 2026 21:05:58 +0800\n";

    private static List<Problem.Kind> problems(Message message) {
        return message.problems().stream().map(Problem::kind).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\n", "-", " ", "@@ -1 +1 @@\n", "--- a\n+++ b\n", "Index: a\n", "> ", "v1 ", "<a@"})
    void aMailOfAHundredMegabytes(String unit) {
        String head = HEAD + "Subject: [PATCH] x\n\n";
        byte[] raw = new byte[100 * 1024 * 1024];
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] fill = unit.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < raw.length; i++) {
            raw[i] = i < start.length ? start[i] : fill[i % fill.length];
        }
        Message message = MailSource.readMessage(raw);
        Patch.of(message);
        assertThat(message.raw()).isSameAs(raw);
        assertThat(problems(message)).contains(Problem.Kind.LIMIT);
        assertThat(message.subject()).isEqualTo("[PATCH] x");
    }

    @Test
    void aHundredThousandRecipients() {
        String to = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"Jo (" + i + ")\" <jo" + i + "@lists.example.org>")
                .collect(Collectors.joining(",\n "));
        Message message = read(HEAD + "To: " + to + "\nSubject: x\n\ntext\n");
        assertThat(message.addresses("To")).hasSize(100_000);
    }

    @Test
    void multipartsTenThousandDeep() {
        StringBuilder mail = new StringBuilder(HEAD).append("Subject: x\n");
        for (int i = 0; i < 10_000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        Message message = read(mail.append("\ntext\n").toString());
        assertThat(problems(message)).contains(Problem.Kind.LIMIT);
    }

    @Test
    void aChainOfTenThousandReferences() {
        String ids = IntStream.range(0, 10_000).mapToObj(i -> "<r" + i + "@x>").collect(Collectors.joining("\n "));
        Message message = read(HEAD + "References: " + ids + "\nSubject: x\n\ntext\n");
        assertThat(message.references()).hasSize(1000).endsWith(new MessageId("r9999@x"));
        assertThat(problems(message)).contains(Problem.Kind.LIMIT);
    }

    @Test
    void aThreadTenThousandDeep() {
        List<Message> chain = IntStream.range(0, 10_000)
                .mapToObj(i -> i % 10 == 0
                        ? Mail.patch("m" + i + "@x", "[PATCH " + (i / 10 % 9 + 1) + "/9] t", "m" + (i - 1) + "@x")
                        : Mail.cover("m" + i + "@x", "Re: t", "m" + (i - 1) + "@x"))
                .toList();
        Assembly all = SeriesAssembler.assemble(chain);
        assertThat(all.series().stream().mapToInt(s -> s.patches().size()).sum())
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thu, 1 Jan 1970 00:00:00 +0000",
                "Sun, 7 Feb 2106 06:28:16 +0000",
                "Mon, 99 Foo 99999 99:99",
                "Mon, 29 Jun 2026 21:05:58 +2000",
                "9999999999 Jan 9999 1:1 +999999999999999"
            })
    void datesFarAway(String date) {
        assertThat(read("Message-ID: <a@x>\nDate: " + date + "\nSubject: x\n\ntext\n")
                        .date())
                .isNotNull();
    }

    @Test
    void nulBytesAndAMillionEmptyLines() {
        Message message = read(HEAD + "Subject: a\u0000b\n\n\u0000" + "\n".repeat(1_000_000) + Mail.DIFF);
        assertThat(Patch.of(message).diff()).hasSize(Mail.DIFF.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[a]",
                "Re: ",
                "=?utf-8?q?a?= ",
                "<",
                "<a@",
                "@",
                "(",
                "\"",
                ";a=",
                " via ",
                "a.",
                "-",
                "1/",
                "\\"
            })
    void headersOfAMegabyte(String unit) {
        String long1 = unit.repeat(1_000_000 / unit.length());
        String mail = Arrays.stream(new String[] {
                    "Subject",
                    "From",
                    "To",
                    "Message-ID",
                    "In-Reply-To",
                    "References",
                    "Date",
                    "List-Id",
                    "Content-Type",
                    "Content-Disposition",
                    "X-Mailing-List",
                    "Reply-To",
                    "Content-Transfer-Encoding"
                })
                .map(name -> name + ": " + long1 + "\n")
                .collect(Collectors.joining());
        Message message = read(mail + "\n" + long1 + "\n");
        assertThat(message.lists()).isNotNull();
        assertThat(message.sender()).isNotNull();
        assertThat(AutomaticMail.is(message)).isFalse();
        assertThat(MessageId.parse(long1)).isNotNull();
    }

    @Test
    void aMillionHeaderFields() {
        Message message = read(HEAD + "X: y\n".repeat(1_000_000) + "\ntext\n");
        assertThat(problems(message)).contains(Problem.Kind.LIMIT);
    }
}
