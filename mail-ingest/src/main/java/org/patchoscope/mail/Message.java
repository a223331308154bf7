// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One mail, read. Nothing in here is a judgement about patches; the package {@code series} makes those. The {@code raw} array
 * is not copied; do not write to it.
 *
 * @param id the Message-ID, or one made from the content when there is none (see {@link Problem.Kind#NO_MESSAGE_ID})
 * @param subject decoded and unfolded; empty when there is none
 * @param from the From header; {@link Address#NOBODY} when unreadable
 * @param date the Date header; 1970-01-01 when unreadable. Senders' clocks are wrong: never group by it
 * @param inReplyTo every id of every In-Reply-To header
 * @param references every id of every References header, oldest first
 * @param body the decoded text a person reads
 * @param raw the mail as it came, without the mbox separator and its escapes
 * @param headers all header fields in order
 * @param parts the leaves of the MIME tree, with exact bytes
 * @param subjectLine the subject, taken apart; assembling asks for it again and again
 */
public record Message(
        MessageId id,
        String subject,
        Address from,
        Instant date,
        List<MessageId> inReplyTo,
        List<MessageId> references,
        String body,
        byte[] raw,
        List<Problem> problems,
        List<Header> headers,
        List<Part> parts,
        SubjectLine subjectLine) {

    public Message {
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
        problems = List.copyOf(problems);
        headers = List.copyOf(headers);
        parts = List.copyOf(parts);
    }

    /** The first field of that name, decoded. */
    public Optional<String> header(String name) {
        return headers.stream().filter(h -> h.is(name)).map(Header::text).findFirst();
    }

    /** All mailboxes of all fields of that name (To, Cc, Reply-To, …). */
    public List<Address> addresses(String name) {
        return headers.stream()
                .filter(h -> h.is(name))
                .flatMap(h -> Address.parseAll(h.value()).stream())
                .toList();
    }

    /** The ids that In-Reply-To and References name, each once. */
    public List<MessageId> linked() {
        return Stream.concat(inReplyTo.stream(), references.stream()).distinct().toList();
    }

    /** The person behind it, also when a relay or a list gateway has replaced the From header. */
    public Address sender() {
        return Authors.of(this);
    }

    /** The lists this copy came through (List-Id, X-Mailing-List) as addresses; else list-like recipients. */
    public List<String> lists() {
        return Lists.of(this);
    }

    /** False when the mail came without a Message-ID, as {@code git format-patch} writes it. */
    public boolean hasOwnId() {
        return problems.stream().noneMatch(p -> p.kind() == Problem.Kind.NO_MESSAGE_ID);
    }

    public Message withProblems(List<Problem> more) {
        return new Message(
                id, subject, from, date, inReplyTo, references, body, raw, more, headers, parts, subjectLine);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message m && id.equals(m.id) && Arrays.equals(raw, m.raw);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + " " + subject;
    }
}
