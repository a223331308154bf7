// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.mail.AutomaticMail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.MessageReader;
import org.patchoscope.mail.Problem;
import org.patchoscope.mail.SubjectLine;
import org.patchoscope.mail.command.CommandReader;
import org.patchoscope.mail.command.WrittenCommand;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.MailKind;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.source.Arrival;

/**
 * A mail with all that costs processor time done, so that several can be made ready beside each other.
 *
 * @param hash SHA-256 of the raw mail, in hex
 * @param key what its Message-ID is stored as
 * @param linkKeys what the ids that it names are stored as
 * @param loner what it shares with the other parts of its posting if it turns out to be in no thread, or empty
 * @param pieces the raw mail, deflated
 */
record PreparedMail(
        Arrival arrival,
        String hash,
        String key,
        List<String> linkKeys,
        Message message,
        MailKind kind,
        boolean automatic,
        String loner,
        List<Problem> problems,
        List<WrittenCommand> commands,
        List<byte[]> pieces) {
    /** Makes some mails ready, in order. */
    static List<PreparedMail> all(List<Arrival> arrivals) {
        try (Pieces pieces = new Pieces()) {
            return arrivals.stream().map(a -> whatever(a, pieces)).toList();
        }
    }

    /** A mail that shows a mistake in reading it is stored as one that is no patch, and stops no others. */
    private static PreparedMail whatever(Arrival arrival, Pieces pieces) {
        try {
            return of(arrival, MailSource.readMessage(arrival.raw()), pieces);
        } catch (RuntimeException | StackOverflowError e) {
            Message empty = MailSource.readMessage(new byte[0]);
            String hash = StoredText.sha256(arrival.raw());
            Message message = new Message(
                    new MessageId(hash.substring(0, 32) + MessageReader.MADE),
                    "",
                    empty.from(),
                    empty.date(),
                    List.of(),
                    List.of(),
                    "",
                    arrival.raw(),
                    List.of(new Problem(Problem.Kind.MIME, "it cannot be read: " + e)),
                    List.of(),
                    List.of(),
                    empty.subjectLine());
            return of(arrival, message, pieces);
        }
    }

    private static PreparedMail of(Arrival arrival, Message message, Pieces pieces) {
        MailKind kind = MailKind.of(message);
        boolean patch = kind == MailKind.POSTING || kind == MailKind.SUGGESTION;
        List<Problem> problems = new ArrayList<>(patch ? Patch.problems(message) : message.problems());
        if (arrival.cut()) {
            problems.add(
                    new Problem(Problem.Kind.LIMIT, "only the first " + arrival.raw().length + " bytes are stored"));
        }
        return new PreparedMail(
                arrival,
                StoredText.sha256(arrival.raw()),
                StoredText.key(message.id().key()),
                message.linked().stream()
                        .map(id -> StoredText.key(id.key()))
                        .distinct()
                        .toList(),
                message,
                kind,
                AutomaticMail.is(message),
                kind == MailKind.POSTING ? loner(message) : "",
                List.copyOf(problems),
                CommandReader.read(message),
                pieces.of(arrival.raw()));
    }

    /** The same for two mails without a thread whenever they can be parts of one posting. */
    private static String loner(Message message) {
        SubjectLine subject = message.subjectLine();
        if (!subject.counted() || !message.linked().isEmpty()) {
            return "";
        }
        String who = message.hasOwnId() ? message.sender().address() : "";
        return StoredText.key(subject.total() + " v" + subject.version() + " " + subject.resend() + " "
                + String.join(" ", subject.prefixes()) + " " + who);
    }
}
