// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.patchoscope.bot.report.text.ReplyText;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/** Writes the mail of a review: an answer to the patch that is concerned, or to the series' first mail, from an id of its own that names the review. */
public final class ReplyWriter {
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

    ReplyMail write(
            StoredReview stored,
            Review review,
            List<Message> mails,
            Policy.Audience audience,
            Map<Integer, String> untold,
            Instant at) {
        List<InternetAddress> to = to(mails.getFirst());
        Message parent = parent(review, mails, untold);
        return new MailDraft(
                        sender.from(),
                        "review-" + stored.id(),
                        parent.id().toString(),
                        parent.references().stream().map(MessageId::toString).toList(),
                        parent.subject(),
                        to,
                        audience == Policy.Audience.LIST ? cc(stored, to) : List.of(),
                        ReplyText.render(review, sender.site() + "/r/" + stored.id(), untold))
                .write(at);
    }

    /** The mail of the patch, where one alone is concerned; else the first, which is the cover letter's. */
    private static Message parent(Review review, List<Message> mails, Map<Integer, String> untold) {
        OptionalInt patch = ReplyText.concerned(review, untold);
        return review.patches().stream()
                .filter(p -> patch.isPresent() && p.number() == patch.getAsInt())
                .flatMap(p -> mails.stream().filter(m -> m.id().equals(new MessageId(p.messageId()))))
                .findFirst()
                .orElse(mails.getFirst());
    }

    /** Addresses that a reply would go to. */
    List<String> recipients(StoredReview stored, Message root, Policy.Audience audience) {
        List<InternetAddress> to = to(root);
        List<InternetAddress> all = new ArrayList<>(to);
        all.addAll(audience == Policy.Audience.LIST ? cc(stored, to) : List.of());
        return all.stream().map(InternetAddress::getAddress).toList();
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
    static InternetAddress mailbox(org.patchoscope.mail.Address address) {
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
}
