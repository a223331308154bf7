// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** A part that was posted again under its number. */
    record Replaced(Slot slot, Message older) {}

    /** By the sender's clock, which is one and the same for the parts of a series. */
    private static final Comparator<Message> NEWER =
            Comparator.comparing(Message::date).thenComparing(m -> m.id().key());

    private final TreeMap<Slot, Message> slots = new TreeMap<>();
    private final List<Replaced> replaced = new ArrayList<>();
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

    /** What most of the parts count; a cover letter alone is believed. A cluster of one uncounted mail has total 1. */
    int total() {
        Map<Integer, Integer> votes = new TreeMap<>();
        slots.forEach((slot, mail) -> {
            if (!slot.equals(Slot.COVER)) {
                votes.merge(mail.subjectLine().total(), 1, Integer::sum);
            }
        });
        int best = like.total();
        for (Map.Entry<Integer, Integer> vote : votes.entrySet()) {
            if (vote.getKey() > 0 && vote.getValue() >= votes.getOrDefault(best, 0)) {
                best = vote.getKey();
            }
        }
        return Math.max(1, best);
    }

    /** Parts that were posted again, oldest first. */
    List<Replaced> replaced() {
        return List.copyOf(replaced);
    }

    /** Whether all parts from 1 to the total are here. */
    boolean full() {
        int total = total();
        for (int n = 1; n <= total; n++) {
            if (!slots.containsKey(new Slot(n, 0))) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a cover letter and nothing else. */
    boolean coverAlone() {
        return hasCover() && slots.size() == 1;
    }

    boolean counted() {
        return like.counted();
    }

    boolean resend() {
        return like.resend();
    }

    /** Words in the brackets, without a minor version that turned out to be one. */
    List<String> prefixes() {
        return versionGiven
                ? like.prefixes().stream()
                        .filter(p -> SubjectLine.minorOf(p) != version)
                        .toList()
                : like.prefixes();
    }

    /** The 4 of "v4.1" when its subject says that, which may as well be a Linux version; else 0. */
    int minorOf() {
        return versionGiven
                ? 0
                : like.prefixes().stream().mapToInt(SubjectLine::minorOf).max().orElse(0);
    }

    /** Says what the version is, where the thread tells. */
    void setVersion(int number) {
        version = number;
        versionGiven = true;
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

    /** Takes the other's parts; of two with one number the newer stays. */
    void absorb(Cluster other) {
        replaced.addAll(other.replaced);
        other.slots.forEach((slot, mail) -> {
            Message mine = slots.get(slot);
            if (mine == null) {
                slots.put(slot, mail);
            } else {
                boolean newer = NEWER.compare(mail, mine) > 0;
                slots.put(slot, newer ? mail : mine);
                replaced.add(new Replaced(slot, newer ? mine : mail));
            }
        });
        replaced.sort(Comparator.comparing(Replaced::slot).thenComparing(Replaced::older, NEWER));
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

    boolean disjoint(Cluster other) {
        return slots.keySet().stream().noneMatch(other.slots::containsKey);
    }
}
