// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.patchoscope.mail.Authors;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/** Makes a {@link Series} of one gathered cluster. */
final class SeriesBuilder {

    private final Map<MessageId, Set<String>> lists;

    SeriesBuilder(Map<MessageId, Set<String>> lists) {
        this.lists = lists;
    }

    /**
     * @param cluster what was posted
     * @param slots what makes up the version: the same, or for a partial reroll the older version with parts replaced
     */
    Series build(Cluster cluster, NavigableMap<Cluster.Slot, Message> slots) {
        boolean covered = slots.containsKey(Cluster.Slot.COVER);
        List<Message> cover = covered ? List.of(slots.firstEntry().getValue()) : List.of();
        List<Patch> patches = patches(slots);
        Message head = slots.firstEntry().getValue();
        List<Message> mails = List.copyOf(slots.values());
        TreeSet<String> came = new TreeSet<>();
        mails.forEach(m -> came.addAll(lists.getOrDefault(m.id(), Set.of())));
        boolean several = patches.size() > slots.size() - cover.size();
        int total = several ? patches.size() : cluster.total();
        return new Series(
                covered ? head.subjectLine().title() : patches.getFirst().title(),
                cluster.version(),
                mails.stream().anyMatch(m -> m.subjectLine().rfc()),
                total,
                cover,
                patches,
                several ? List.of() : missing(total, slots),
                cluster.prefixes(),
                Authors.of(head).display(),
                BaseHints.of(mails, cluster.prefixes()),
                cluster.slots().firstEntry().getValue().id(),
                List.copyOf(came),
                mails.stream().anyMatch(m -> m.subjectLine().resend()),
                cluster.replaced().stream().map(Cluster.Replaced::older).toList(),
                SeriesNotes.of(cluster, slots, several ? patches.size() : 0));
    }

    /** One for each part, or all that the mails hold: several attached to one mail, or to a cover letter without parts. */
    private static List<Patch> patches(NavigableMap<Cluster.Slot, Message> slots) {
        List<Patch> patches = new ArrayList<>();
        slots.forEach((slot, message) -> {
            if (!slot.equals(Cluster.Slot.COVER)) {
                patches.addAll(PatchReader.readAll(message, slot.part()));
            } else if (slots.size() == 1 && PatchReader.hasDiff(message)) {
                patches.addAll(PatchReader.readAll(message, 1));
            }
        });
        if (patches.size() == slots.size() || slots.containsKey(Cluster.Slot.COVER) && patches.size() < slots.size()) {
            return patches;
        }
        List<Patch> counted = new ArrayList<>();
        for (Patch p : patches) {
            counted.add(
                    new Patch(p.id(), counted.size() + 1, p.title(), p.author(), p.changelog(), p.diff(), p.message()));
        }
        return counted;
    }

    private static List<Integer> missing(int total, NavigableMap<Cluster.Slot, Message> slots) {
        return IntStream.rangeClosed(1, total)
                .filter(n -> !slots.containsKey(new Cluster.Slot(n, 0)))
                .boxed()
                .toList();
    }
}
