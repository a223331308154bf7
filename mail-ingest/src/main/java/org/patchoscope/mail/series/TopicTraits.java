// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/**
 * What links a series to the other postings of its topic, as plain text, so that a database can find them as well as a
 * heap in memory. {@link TopicGroups} says which belong together.
 *
 * @param keys two series with a key in common are of one topic: sender and title, {@code change-id}, mails of the series
 *     and of older versions that it names or answers
 * @param titles sender and title of each patch; half of them in common make one topic, too
 */
public record TopicTraits(Set<String> keys, List<String> titles) {
    private static final Pattern CHANGE_ID = Pattern.compile("(?m)^change-id:\\s*(\\S{1,200})");
    /** "Link to v12: <url>", "v3: <url>", "[v2] <url>", "Previous version: <url>". */
    private static final Pattern OLDER = Pattern.compile(
            "(?im)^.{0,60}(?:\\bv\\d{1,3}\\b|\\bprevious (?:version|posting|series)\\b|\\bRFC\\b).{0,40}?[:\\]\\s]\\s*"
                    + "(https?://\\S{5,400})");

    private static final int MOST_LINKS = 200;
    private static final int LONGEST_LINE = 1000;

    public TopicTraits {
        keys = Set.copyOf(keys);
        titles = List.copyOf(titles);
    }

    /** Whether half of the titles of the larger one are titles of the other, too. */
    public boolean sharesTitles(TopicTraits other) {
        Map<String, Integer> mine = new HashMap<>();
        titles.forEach(t -> mine.merge(t, 1, Integer::sum));
        long common = other.titles.stream()
                .filter(t -> mine.merge(t, -1, Integer::sum) >= 0)
                .count();
        return areHalf(common, titles.size(), other.titles.size());
    }

    /** The same, where it is known how many titles two series have and how many in common. */
    public static boolean areHalf(long common, int titles, int others) {
        return common > 0 && 2 * common >= Math.max(titles, others);
    }

    /**
     * Reads the traits.
     *
     * @param olderAbove ids of mails above it that belong to an older version by the same sender
     */
    static TopicTraits of(Series series, List<MessageId> olderAbove) {
        String sender = Cluster.sender(series.messages().getFirst());
        Set<String> keys = new LinkedHashSet<>();
        keys.add("title " + sender + " " + plain(series.title()));
        for (Message mail : series.messages()) {
            keys.add(mailKey(mail.id(), sender));
            if (mail.body().contains("change-id:")) {
                Matcher m = CHANGE_ID.matcher(mail.body());
                if (m.find()) {
                    keys.add("change " + m.group(1));
                }
            }
        }
        olderAbove.forEach(id -> keys.add(mailKey(id, sender)));
        // People also link what a series depends on: only a link that says "version" on its line counts.
        series.messages()
                .getFirst()
                .body()
                .lines()
                .filter(l -> l.contains("http") && l.length() < LONGEST_LINE)
                .flatMap(l -> OLDER.matcher(l).results())
                .limit(MOST_LINKS)
                .flatMap(r -> MessageId.parse(r.group(1)).stream())
                .forEach(id -> keys.add(mailKey(id, sender)));
        return new TopicTraits(
                keys,
                series.patches().stream()
                        .map(p -> sender + " " + plain(p.title()))
                        .toList());
    }

    private static String mailKey(MessageId id, String sender) {
        return "mail " + id.key() + " " + sender;
    }

    private static String plain(String title) {
        return title.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }
}
