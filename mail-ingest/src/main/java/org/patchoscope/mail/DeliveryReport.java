// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * That a mail of ours was not delivered, as mail servers say it (RFC 3464): to whom, and why. What a server writes in words
 * of its own is no such report.
 *
 * @param original the mail that was not delivered
 * @param recipients each with what became of it
 */
public record DeliveryReport(MessageId original, List<Recipient> recipients) {
    private static final int MOST_RECIPIENTS = 100;

    /** Makes a report. */
    public DeliveryReport {
        recipients = List.copyOf(recipients);
    }

    /**
     * What became of the mail for one recipient.
     *
     * @param address in lower case
     * @param failed whether it was given up for good; a delay is none, nor a mailbox that is full today
     * @param status by RFC 3463, {@code 5.1.1}
     * @param diagnostic what the other server said, or empty
     */
    public record Recipient(String address, boolean failed, String status, String diagnostic) {}

    /** The report that a mail is; nothing if it is none, or names no mail. */
    public static Optional<DeliveryReport> of(Message mail) {
        Optional<MessageId> original = mail.parts().stream()
                .filter(p -> switch (p.type()) {
                    case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers" -> true;
                    default -> false;
                })
                .map(p -> MessageReader.read(p.bytes()))
                .filter(Message::hasOwnId)
                .map(Message::id)
                .findFirst();
        Optional<Part> status = mail.parts().stream()
                .filter(p ->
                        p.type().equals("message/delivery-status") || p.type().equals("message/global-delivery-status"))
                .findFirst();
        return original.isEmpty() || status.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveryReport(
                        original.get(), recipients(status.get().text())));
    }

    private static List<Recipient> recipients(String text) {
        List<Recipient> out = new ArrayList<>();
        for (Map<String, String> fields : groups(text)) {
            String address = typed(fields.getOrDefault("final-recipient", ""));
            if (address.isEmpty()) {
                address = typed(fields.getOrDefault("original-recipient", ""));
            }
            String status = fields.getOrDefault("status", "").split("[ (]", 2)[0];
            if (!address.isEmpty() && out.size() < MOST_RECIPIENTS) {
                boolean failed = fields.getOrDefault("action", "")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("failed");
                out.add(new Recipient(
                        address.toLowerCase(Locale.ROOT),
                        failed && status.startsWith("5.") && !status.equals("5.2.2"),
                        status,
                        typed(fields.getOrDefault("diagnostic-code", ""))));
            }
        }
        return out;
    }

    /** Fields, unfolded, in groups that empty lines separate; the first group is about the mail as a whole. */
    private static List<Map<String, String>> groups(String text) {
        List<Map<String, String>> groups = new ArrayList<>();
        Map<String, String> group = new HashMap<>();
        String last = "";
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                groups.add(group);
                group = new HashMap<>();
                last = "";
            } else if (Character.isWhitespace(line.charAt(0)) && !last.isEmpty()) {
                group.merge(last, line.strip(), (a, b) -> a + " " + b);
            } else if (colon > 0) {
                last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                group.putIfAbsent(last, line.substring(colon + 1).strip());
            }
        }
        groups.add(group);
        return groups;
    }

    /** What stands after the type: {@code rfc822; jo@example.org}. */
    private static String typed(String value) {
        int type = value.indexOf(';');
        return value.substring(type + 1).strip();
    }
}
