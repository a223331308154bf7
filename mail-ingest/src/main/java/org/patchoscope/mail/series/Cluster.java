// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.mail.Authors;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.SubjectLine;

/** A series while it is being gathered: one mail per part number. */
final class Cluster {

    /** A place in a series: 3 is (3, 0), 34.5 is (34, 5), the cover letter is (0, 0). */
    record Slot(int part, int insert) implements Comparable<Slot> {
        static final Slot COVER = new Slot(0, 0);

        @Override
        public int compareTo(Slot other) {
            return part != other.part ? Integer.compare(part, other.part) : Integer.compare(insert, other.insert);
        }
    }

    private final TreeMap<Slot, Message> slots = new TreeMap<>();
    private final SubjectLine like;
    private final Message first;
    private int version;
    private boolean versionGiven;

    Cluster(Message message, SubjectLine subject) {
        first = message;
        like = subject;
        version = subject.version();
        versionGiven = subject.versionGiven();
        slots.put(slot(subject), message);
    }

    static Slot slot(SubjectLine subject) {
        return subject.counted() ? new Slot(subject.part(), subject.insert()) : new Slot(1, 0);
    }

    NavigableMap<Slot, Message> slots() {
        return slots;
    }

    int version() {
        return version;
    }

    boolean versionGiven() {
        return versionGiven;
    }

    /** A cluster of one uncounted mail has total 1 and takes nobody. */
    int total() {
        return Math.max(1, like.total());
    }

    boolean counted() {
        return like.counted();
    }

    boolean resend() {
        return like.resend();
    }

    List<String> prefixes() {
        return like.prefixes();
    }

    Message firstMail() {
        return first;
    }

    boolean hasCover() {
        return slots.containsKey(Slot.COVER);
    }

    /** Whether a part, answering {@code ancestor} in this cluster, belongs to it. */
    boolean accepts(Message message, SubjectLine subject, Message ancestor) {
        boolean sender = sender(message).equals(sender(first));
        boolean underCover = ancestor.equals(slots.get(Slot.COVER));
        boolean sameVersion = subject.version() == version || !subject.versionGiven();
        return counted()
                && (sameShape(subject) || (underCover && sender && almostSameShape(subject)))
                && sameVersion
                && (sender || underCover || subject.extra())
                && !slots.containsKey(slot(subject));
    }

    /** Covers and parts of real series differ in words like "[vfio]" or "[DO NOT MERGE]" that only one of them has. */
    private boolean almostSameShape(SubjectLine subject) {
        boolean nested = subject.prefixes().containsAll(like.prefixes())
                || like.prefixes().containsAll(subject.prefixes());
        return nested && subject.total() == like.total() && subject.resend() == like.resend();
    }

    void put(Message message, SubjectLine subject) {
        slots.put(slot(subject), message);
    }

    void putAt(Slot slot, Message message) {
        slots.put(slot, message);
    }

    /** Whether two gatherings of one thread are halves of one posting. */
    boolean fits(Cluster other) {
        boolean versions = version == other.version
                || (!other.versionGiven && !other.hasCover() && hasCover())
                || (!versionGiven && !hasCover() && other.hasCover());
        return counted()
                && sameShape(other.like)
                && versions
                && sender(first).equals(sender(other.first))
                && disjoint(other);
    }

    /** Whether two mails without any thread are parts of one posting: format-patch files, or sent in one go. */
    boolean fitsUnthreaded(Cluster other) {
        if (!counted() || !sameShape(other.like) || version != other.version || !disjoint(other)) {
            return false;
        }
        if (first.hasOwnId() != other.first.hasOwnId()) {
            return false;
        }
        if (!first.hasOwnId()) {
            return true;
        }
        Duration apart = Duration.between(first.date(), other.first.date()).abs();
        return sender(first).equals(sender(other.first))
                && (sameStem(other) || apart.compareTo(SeriesAssembler.ONE_POSTING) < 0);
    }

    /** git send-email numbers the ids of one run: equal but for the number means one run. */
    boolean sameStem(Cluster other) {
        Optional<MessageId.Run> mine = first.id().run();
        return mine.isPresent() && mine.equals(other.first.id().run());
    }

    void absorb(Cluster other) {
        slots.putAll(other.slots);
        if (other.versionGiven && !versionGiven) {
            version = other.version;
            versionGiven = true;
        }
    }

    static String sender(Message message) {
        return Authors.of(message).address().toLowerCase(Locale.ROOT);
    }

    private boolean sameShape(SubjectLine subject) {
        return subject.total() == like.total()
                && subject.prefixes().equals(like.prefixes())
                && subject.resend() == like.resend();
    }

    private boolean disjoint(Cluster other) {
        return slots.keySet().stream().noneMatch(other.slots::containsKey);
    }
}
