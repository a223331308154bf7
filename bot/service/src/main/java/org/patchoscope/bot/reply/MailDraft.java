// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A mail that answers another, as every mail of ours looks: threaded, marked as written by a program, plain text.
 *
 * @param from mailbox of the From field
 * @param name what the mail's own id begins with; it names what the mail is about
 * @param parent Message-ID of the mail that is answered, in brackets
 * @param refers ids that the parent answers, in brackets, oldest first
 * @param subject of the parent
 */
record MailDraft(
        String from,
        String name,
        String parent,
        List<String> refers,
        String subject,
        List<InternetAddress> to,
        List<InternetAddress> cc,
        String text) {
    private static final Pattern RE = Pattern.compile("(?i)^(?:re:\\s*)+");
    private static final int MOST_REFERENCES = 30;

    /** Makes a draft. */
    MailDraft {
        refers = List.copyOf(refers);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
    }

    /**
     * Writes it.
     *
     * @throws IllegalStateException where its fields make no mail
     */
    ReplyMail write(Instant at) {
        try {
            MimeMessage mail = new MimeMessage(Session.getInstance(new Properties())) {
                @Override
                protected void updateMessageID() {
                    // It is set below, and stays.
                }
            };
            InternetAddress sender = new InternetAddress(from, true);
            String id = name + "." + Long.toHexString(at.getEpochSecond()) + "@" + domain(sender);
            mail.setFrom(sender);
            mail.setRecipients(RecipientType.TO, to.toArray(Address[]::new));
            if (!cc.isEmpty()) {
                mail.setRecipients(RecipientType.CC, cc.toArray(Address[]::new));
            }
            mail.setSubject("Re: " + RE.matcher(subject).replaceFirst(""), "UTF-8");
            mail.setHeader("Message-ID", "<" + id + ">");
            mail.setHeader("In-Reply-To", parent);
            mail.setHeader("References", references());
            mail.setHeader("Auto-Submitted", "auto-replied");
            mail.setHeader("X-Patchwork-Hint", "ignore");
            mail.setHeader("X-Mailer", "patchoscope");
            mail.setHeader("X-Patchoscope", name);
            mail.setHeader("Precedence", "bulk");
            mail.setSentDate(Date.from(at));
            mail.setText(text, "UTF-8");
            mail.saveChanges();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            Set<String> envelope = new LinkedHashSet<>();
            to.forEach(a -> envelope.add(a.getAddress()));
            cc.forEach(a -> envelope.add(a.getAddress()));
            return new ReplyMail(id, List.copyOf(envelope), bytes.toByteArray());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("an answer to " + parent + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String domain(InternetAddress from) {
        String address = from.getAddress();
        return address.substring(address.indexOf('@') + 1);
    }

    private String references() {
        Set<String> ids = new LinkedHashSet<>(refers);
        ids.remove(parent);
        ids.add(parent);
        List<String> all = List.copyOf(ids);
        return String.join("\r\n ", all.subList(Math.max(0, all.size() - MOST_REFERENCES), all.size()));
    }
}
