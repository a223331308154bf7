// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.Assembly;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.Topic;
import org.patchoscope.mail.source.Arrival;

/** Two ways to the same text: what a heap of mail assembles to, and what a store says it holds. */
final class Shapes {
    private Shapes() {}

    static PreparedMail prepared(Message message) {
        return PreparedMail.all(
                        List.of(new Arrival(message.raw(), Arrival.Change.ADDED, java.time.Instant.EPOCH, false, "")))
                .getFirst();
    }

    static List<String> of(Assembly assembly) {
        List<String> topics = new ArrayList<>();
        for (Topic topic : assembly.topics()) {
            TreeSet<String> lines = new TreeSet<>();
            for (Series s : topic.series()) {
                String missing = String.join(
                        " ", s.missing().stream().map(String::valueOf).toList());
                lines.add(
                        line(s.root().key(), s.version(), s.total(), s.patches().size(), missing, s.title()));
            }
            topics.add(String.join("\n", lines));
        }
        return topics.stream().sorted().toList();
    }

    static List<String> of(MailStore store) throws IOException {
        TreeMap<Long, TreeSet<String>> topics = new TreeMap<>();
        for (Archive.SeriesLine s : store.archive().series(List.of(), Archive.Parts.ANY, 1_000_000)) {
            topics.computeIfAbsent(s.topic(), t -> new TreeSet<>())
                    .add(line(
                            new MessageId(s.root()).key(),
                            s.version(),
                            s.total(),
                            s.patches(),
                            s.missing(),
                            s.title()));
        }
        return topics.values().stream()
                .map(lines -> String.join("\n", lines))
                .sorted()
                .toList();
    }

    private static String line(String root, int version, int total, int patches, String missing, String title) {
        return root + " v" + version + " " + patches + "/" + total + " [" + missing + "] " + title;
    }
}
