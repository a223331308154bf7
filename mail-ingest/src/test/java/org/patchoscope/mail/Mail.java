// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.patchoscope.mail.mbox.MailSource;

/** Writes mails for tests: plain headers, a body, bytes. */
public final class Mail {

    public static final String DIFF = """
            diff --git a/kernel/x.c b/kernel/x.c
            index 1111111..2222222 100644
            --- a/kernel/x.c
            +++ b/kernel/x.c
            @@ -1,3 +1,3 @@
             one
            -two
            +zwei
             three
            """;
    public static final String PATCH =
            "Say why.\n\nSigned-off-by: Jo <jo@x.org>\n---\n x.c | 2 +-\n\n" + DIFF + "-- \n2.47.0\n\n";

    private final List<String> headers = new ArrayList<>();
    private byte[] body = new byte[0];

    public static Mail of(String id, String subject) {
        Mail mail = new Mail();
        mail.headers.add("Message-ID: <" + id + ">");
        mail.headers.add("Subject: " + subject);
        return mail;
    }

    public Mail from(String from) {
        return with("From: " + from);
    }

    public Mail answers(String... ids) {
        return with("In-Reply-To: <" + String.join("> <", ids) + ">");
    }

    public Mail with(String header) {
        headers.add(header);
        return this;
    }

    public Mail body(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public Mail body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    public Message read() {
        if (headers.stream().noneMatch(h -> h.startsWith("From:"))) {
            headers.add("From: Jo Doe <jo@x.org>");
        }
        headers.add("Date: Mon, 29 Jun 2026 21:05:58 +0800");
        byte[] head = (String.join("\n", headers) + "\n\n").getBytes(StandardCharsets.UTF_8);
        byte[] raw = new byte[head.length + body.length];
        System.arraycopy(head, 0, raw, 0, head.length);
        System.arraycopy(body, 0, raw, head.length, body.length);
        return MailSource.readMessage(raw);
    }

    public static Message patch(String id, String subject, String... answers) {
        Mail mail = of(id, subject).body(PATCH);
        return (answers.length == 0 ? mail : mail.answers(answers)).read();
    }

    public static Message cover(String id, String subject, String... answers) {
        Mail mail = of(id, subject).body("About this.\n");
        return (answers.length == 0 ? mail : mail.answers(answers)).read();
    }
}
