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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchoscope.bot.report.ReplyText;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/** Writes the mail of a review: an answer to the series' first mail, from an id of its own that names the review. */
public final class ReplyWriter {
    private static final Pattern RE = Pattern.compile("(?i)^(?:re:\\s*)+");
    private static final int MOST_REFERENCES = 30;

    /**
     * Who writes.
     *
     * @param from mailbox of the From field
     * @param site address of the service's pages, without a slash at its end
     */
    public record Sender(String from, String site) {}

    private final Sender sender;

    public ReplyWriter(Sender sender) {
        this.sender = sender;
    }

    ReplyMail write(StoredReview stored, Review review, Message root, Policy.Audience audience, Instant at) {
        try {
            MimeMessage mail = new MimeMessage(Session.getInstance(new Properties())) {
                @Override
                protected void updateMessageID() {
                    // It is set below, and stays.
                }
            };
            InternetAddress from = new InternetAddress(sender.from(), true);
            String id = "review-" + stored.id() + "." + Long.toHexString(at.getEpochSecond()) + "@" + domain(from);
            mail.setFrom(from);
            List<InternetAddress> to = to(root);
            List<InternetAddress> cc = audience == Policy.Audience.LIST ? cc(stored, to) : List.of();
            mail.setRecipients(RecipientType.TO, to.toArray(Address[]::new));
            if (!cc.isEmpty()) {
                mail.setRecipients(RecipientType.CC, cc.toArray(Address[]::new));
            }
            mail.setSubject("Re: " + RE.matcher(root.subject()).replaceFirst(""), "UTF-8");
            mail.setHeader("Message-ID", "<" + id + ">");
            mail.setHeader("In-Reply-To", root.id().toString());
            mail.setHeader("References", references(root));
            mail.setHeader("Auto-Submitted", "auto-replied");
            mail.setHeader("X-Patchwork-Hint", "ignore");
            mail.setSentDate(Date.from(at));
            mail.setText(ReplyText.render(review, sender.site() + "/r/" + stored.id()), "UTF-8");
            mail.saveChanges();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            Set<String> envelope = new LinkedHashSet<>();
            to.forEach(a -> envelope.add(a.getAddress()));
            cc.forEach(a -> envelope.add(a.getAddress()));
            return new ReplyMail(id, List.copyOf(envelope), bytes.toByteArray());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("a reply to " + root.id() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String domain(InternetAddress from) {
        String address = from.getAddress();
        return address.substring(address.indexOf('@') + 1);
    }

    /** Reply-To, else From; a relay that nobody reads is no recipient. */
    private static List<InternetAddress> to(Message root) {
        List<org.patchoscope.mail.Address> named = root.addresses("Reply-To");
        List<InternetAddress> out = new ArrayList<>();
        for (var address : named.isEmpty() ? List.of(root.from()) : named) {
            if (!address.address().isEmpty() && !address.address().startsWith("devnull")) {
                out.add(mailbox(address));
            }
        }
        return out;
    }

    private static List<InternetAddress> cc(StoredReview stored, List<InternetAddress> to) {
        String list = stored.series().list();
        boolean there = to.stream().anyMatch(a -> a.getAddress().equalsIgnoreCase(list));
        return list.contains("@") && !there
                ? List.of(mailbox(new org.patchoscope.mail.Address("", list.toLowerCase(Locale.ROOT))))
                : List.of();
    }

    /** Quoted and encoded by the library; what breaks its rules is no mailbox. */
    private static InternetAddress mailbox(org.patchoscope.mail.Address address) {
        try {
            InternetAddress out = new InternetAddress();
            out.setAddress(address.address());
            if (!address.name().isEmpty()) {
                out.setPersonal(address.name(), StandardCharsets.UTF_8.name());
            }
            out.validate();
            return out;
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("not a mailbox: " + address.address(), e);
        }
    }

    private static String references(Message root) {
        List<String> ids = new ArrayList<>();
        root.references().stream().map(MessageId::toString).forEach(ids::add);
        ids.remove(root.id().toString());
        ids.add(root.id().toString());
        List<String> last = ids.subList(Math.max(0, ids.size() - MOST_REFERENCES), ids.size());
        return String.join("\r\n ", Arrays.asList(last.toArray(String[]::new)));
    }
}
