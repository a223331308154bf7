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
        List<Message> cover = slots.containsKey(Cluster.Slot.COVER)
                ? List.of(slots.firstEntry().getValue())
                : List.of();
        List<Patch> patches = new ArrayList<>();
        slots.forEach((slot, message) -> {
            if (!slot.equals(Cluster.Slot.COVER)) {
                patches.add(PatchReader.read(message, slot.part()));
            }
        });
        Message head = cover.isEmpty() ? patches.getFirst().message() : cover.getFirst();
        List<Message> mails = List.copyOf(slots.values());
        TreeSet<String> came = new TreeSet<>();
        mails.forEach(m -> came.addAll(lists.getOrDefault(m.id(), Set.of())));
        Message root = cluster.slots().firstEntry().getValue();
        return new Series(
                cover.isEmpty()
                        ? patches.getFirst().title()
                        : head.subjectLine().title(),
                cluster.version(),
                mails.stream().anyMatch(m -> m.subjectLine().rfc()),
                cluster.total(),
                cover,
                patches,
                missing(cluster.total(), slots),
                cluster.prefixes(),
                Authors.of(head).display(),
                BaseHints.of(mails, cluster.prefixes()),
                root.id(),
                List.copyOf(came));
    }

    private static List<Integer> missing(int total, NavigableMap<Cluster.Slot, Message> slots) {
        return IntStream.rangeClosed(1, total)
                .filter(n -> !slots.containsKey(new Cluster.Slot(n, 0)))
                .boxed()
                .toList();
    }
}
