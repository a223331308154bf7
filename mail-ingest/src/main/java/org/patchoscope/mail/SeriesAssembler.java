// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.regex.Pattern;

/**
 * Makes series of a heap of mail. The heap may be in any order, hold several threads and versions, replies, copies and
 * mails that are no patch; the answer depends on its content only. What becomes of each mail is in the {@link Assembly}.
 */
public final class SeriesAssembler {

    private static final Pattern QUOTE = Pattern.compile("(?m)^> ?\\S");

    private final List<Message> postings = new ArrayList<>();
    private final List<Suggestion> suggestions = new ArrayList<>();
    private final List<Unassembled> rest = new ArrayList<>();

    private SeriesAssembler() {}

    /** Never fails: mail that fits nothing is among {@link Assembly#unassembled()}. */
    public static Assembly assemble(List<Message> messages) {
        return new SeriesAssembler().run(Mails.of(messages));
    }

    private Assembly run(Mails mails) {
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
                        .thenComparing(s -> s.root().key()))
                .toList();
        List<Topic> topics = Topics.of(series, threads);
        List<Series> ordered = topics.stream().flatMap(t -> t.series().stream()).toList();
        suggestions.sort(Comparator.comparing(s -> s.message().id().key()));
        rest.sort(Comparator.comparing(u -> u.message().id().key()));
        return new Assembly(ordered, suggestions, rest, topics);
    }

    private void classify(Message message) {
        SubjectLine subject = message.subjectLine();
        boolean diff = PatchReader.hasDiff(message);
        if (isAnswer(message, subject)) {
            if (diff) {
                suggestions.add(new Suggestion(PatchReader.read(message, 1), message.inReplyTo()));
            } else {
                rest.add(new Unassembled(message, Unassembled.Reason.COMMENT));
            }
        } else if (subject.pull()) {
            rest.add(new Unassembled(message, Unassembled.Reason.PULL_REQUEST));
        } else if (diff || subject.patch() || subject.cover() || (subject.counted() && subject.rfc())) {
            postings.add(message);
        } else {
            rest.add(new Unassembled(message, Unassembled.Reason.NOT_A_PATCH));
        }
    }

    /** A reply mark, or the shape of an answer: it names a mail, quotes it, and does not claim to be a patch. */
    private static boolean isAnswer(Message message, SubjectLine subject) {
        return subject.reply()
                || (!subject.patch()
                        && !subject.counted()
                        && !message.inReplyTo().isEmpty()
                        && QUOTE.matcher(message.body()).find());
    }
}
