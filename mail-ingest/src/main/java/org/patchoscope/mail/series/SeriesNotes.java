// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.mail.Message;

/** Says what was odd about a series and how it was read. */
final class SeriesNotes {
    private SeriesNotes() {}

    static List<String> of(Cluster cluster, NavigableMap<Cluster.Slot, Message> slots, int several) {
        List<String> notes = new ArrayList<>();
        if (several > 0) {
            notes.add("the mail holds " + several + " patches");
        }
        totals(cluster, slots, notes);
        marks(slots, notes);
        for (Cluster.Replaced replaced : cluster.replaced()) {
            Message newer = slots.get(replaced.slot());
            if (newer != null) {
                notes.add("part " + replaced.slot().part() + " was posted again: " + newer.id() + " replaces "
                        + replaced.older().id());
            }
        }
        return notes;
    }

    private static void totals(Cluster cluster, NavigableMap<Cluster.Slot, Message> slots, List<String> notes) {
        int total = cluster.total();
        slots.forEach((slot, mail) -> {
            int counted = mail.subjectLine().total();
            if (counted > 0 && counted != total) {
                notes.add((slot.equals(Cluster.Slot.COVER) ? "the cover letter" : "part " + slot.part()) + " counts "
                        + counted + " parts, the others " + total);
            }
        });
    }

    private static void marks(NavigableMap<Cluster.Slot, Message> slots, List<String> notes) {
        long resent =
                slots.values().stream().filter(m -> m.subjectLine().resend()).count();
        if (resent > 0 && resent < slots.size()) {
            notes.add(resent + " of " + slots.size() + " mails are marked as sent again");
        }
        TreeSet<String> words = new TreeSet<>();
        slots.values().forEach(m -> words.add(String.join(" ", m.subjectLine().prefixes())));
        if (words.size() > 1) {
            notes.add("the words in brackets differ: "
                    + words.stream().map(w -> w.isEmpty() ? "none" : w).collect(Collectors.joining("; ")));
        }
    }
}
