// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.MessageReader;

/**
 * Makes series of a heap of mail. The heap may be in any order, hold several threads and versions, replies, copies and
 * mails that are no patch; the answer depends on its content only. What becomes of each mail is in the {@link Assembly}.
 */
public final class SeriesAssembler {
    /** Mails without a thread that are so far apart are of two postings, if their ids are not of one run. */
    public static final Duration ONE_POSTING = Duration.ofHours(1);

    private final List<Message> postings = new ArrayList<>();
    private final List<Suggestion> suggestions = new ArrayList<>();
    private final List<Unassembled> rest = new ArrayList<>();

    private SeriesAssembler() {}

    /** Whether an id was made here, because the mail came without one. */
    public static boolean hasMadeId(MessageId id) {
        return id.key().endsWith(MessageReader.MADE);
    }

    /** Never fails: mail that fits nothing is among {@link Assembly#unassembled()}. */
    public static Assembly assemble(List<Message> messages) {
        Gathered gathered = gather(messages);
        List<Topic> topics = topics(gathered.series());
        List<Series> ordered = topics.stream().flatMap(t -> t.series().stream()).toList();
        return new Assembly(ordered, gathered.suggestions(), gathered.unassembled(), topics);
    }

    /** The same without topics: all that can be told from whole threads alone. */
    public static Gathered gather(List<Message> messages) {
        return new SeriesAssembler().run(Mails.of(messages));
    }

    private Gathered run(Mails mails) {
        mails.impostors().forEach(m -> rest.add(new Unassembled(m, Unassembled.Reason.DUPLICATE_ID)));
        mails.unique().forEach(this::classify);
        Threads threads = new Threads(mails.unique());
        Grouping grouping = new Grouping(threads);
        List<Cluster> clusters = new ArrayList<>();
        for (Cluster cluster : grouping.group(postings)) {
            if (cluster.counted() || PatchReader.hasDiff(cluster.firstMail())) {
                clusters.add(cluster);
            } else {
                rest.add(new Unassembled(cluster.firstMail(), Unassembled.Reason.NO_DIFF));
            }
        }
        Map<Cluster, NavigableMap<Cluster.Slot, Message>> slots = new Rerolls(threads, grouping).complete(clusters);
        SeriesBuilder builder = new SeriesBuilder(mails.lists());
        List<Series> series = clusters.stream()
                .map(c -> builder.build(c, slots.getOrDefault(c, c.slots())))
                .sorted(Comparator.comparing(Series::date)
                        .thenComparing(s -> s.root().key())
                        .thenComparingInt(Series::version))
                .toList();
        suggestions.sort(Comparator.comparing(s -> s.message().id().key()));
        rest.sort(Comparator.comparing((Unassembled u) -> u.message().id().key())
                .thenComparing(u -> u.message().date())
                .thenComparing(u -> u.message().raw(), java.util.Arrays::compare));
        return new Gathered(postings(series, threads), suggestions, rest);
    }

    /** Topics ordered by their newest posting, the last being the newest. */
    private static List<Topic> topics(List<Gathered.Posting> postings) {
        return TopicGroups.of(postings.stream().map(Gathered.Posting::traits).toList()).stream()
                .map(group -> Topic.ofPostings(
                        group.stream().map(i -> postings.get(i).series()).toList()))
                .sorted(Comparator.comparing((Topic t) -> t.newest().date())
                        .thenComparing(t -> t.newest().root().key()))
                .toList();
    }

    private void classify(Message message) {
        switch (MailKind.of(message)) {
            case POSTING -> postings.add(message);
            case SUGGESTION -> suggestions.add(new Suggestion(PatchReader.read(message, 1), message.inReplyTo()));
            case COMMENT -> rest.add(new Unassembled(message, Unassembled.Reason.COMMENT));
            case PULL_REQUEST -> rest.add(new Unassembled(message, Unassembled.Reason.PULL_REQUEST));
            case NOT_A_PATCH -> rest.add(new Unassembled(message, Unassembled.Reason.NOT_A_PATCH));
        }
    }

    /** A higher version posted below an older one by the same sender is a version of the same topic. */
    private static List<Gathered.Posting> postings(List<Series> all, Threads threads) {
        Map<MessageId, Series> owner = new HashMap<>();
        all.forEach(s -> s.messages().forEach(m -> owner.putIfAbsent(m.id(), s)));
        all.forEach(s -> s.replaced().forEach(m -> owner.putIfAbsent(m.id(), s)));
        List<Gathered.Posting> postings = new ArrayList<>();
        for (Series series : all) {
            Message first = series.messages().getFirst();
            Set<MessageId> older = new LinkedHashSet<>();
            for (Message above : threads.ancestors(first)) {
                Series other = owner.get(above.id());
                if (other != null
                        && other.version() < series.version()
                        && Cluster.sender(other.messages().getFirst()).equals(Cluster.sender(first))) {
                    older.add(above.id());
                }
            }
            postings.add(new Gathered.Posting(series, TopicTraits.of(series, List.copyOf(older))));
        }
        return List.copyOf(postings);
    }
}
