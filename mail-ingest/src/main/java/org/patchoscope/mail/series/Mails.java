// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/**
 * A heap of mail with each Message-ID once. Copies of one mail (two lists, two ingests) are one mail with all its lists;
 * a different mail under the same id is kept apart. The result does not depend on the order of arrival.
 *
 * @param lists all lists by id
 */
public record Mails(List<Message> unique, List<Message> impostors, Map<MessageId, Set<String>> lists) {

    /** Sorts a heap out. */
    public static Mails of(List<Message> messages) {
        Map<String, TreeMap<Message, Boolean>> byId = new LinkedHashMap<>();
        // Footers are added on the way: the earliest and shortest copy is nearest to what was sent.
        Comparator<Message> order = Comparator.comparing(Message::date)
                .thenComparingInt(m -> m.raw().length)
                .thenComparing(Message::raw, java.util.Arrays::compare);
        for (Message message : messages) {
            byId.computeIfAbsent(message.id().key(), k -> new TreeMap<>(order)).put(message, true);
        }
        List<Message> unique = new java.util.ArrayList<>();
        List<Message> impostors = new java.util.ArrayList<>();
        Map<MessageId, Set<String>> lists = new java.util.HashMap<>();
        for (TreeMap<Message, Boolean> copies : byId.values()) {
            Message first = copies.firstKey();
            unique.add(first);
            TreeSet<String> came = new TreeSet<>();
            for (Message copy : copies.keySet()) {
                if (copy.equals(first) || sameContent(first, copy)) {
                    came.addAll(copy.lists());
                } else {
                    impostors.add(copy);
                }
            }
            lists.put(first.id(), came);
        }
        return new Mails(List.copyOf(unique), List.copyOf(impostors), Map.copyOf(lists));
    }

    private static boolean sameContent(Message one, Message other) {
        Patch a = PatchReader.read(one, 1);
        Patch b = PatchReader.read(other, 1);
        if (a.hasDiff() || b.hasDiff()) {
            return java.util.Arrays.equals(a.diff(), b.diff()) && a.title().equals(b.title());
        }
        String left = one.body().strip();
        String right = other.body().strip();
        return left.startsWith(right) || right.startsWith(left);
    }
}
