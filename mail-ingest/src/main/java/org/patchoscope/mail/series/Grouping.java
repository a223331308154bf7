// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.SubjectLine;

/**
 * Gathers patch mails into clusters: each part to the nearest series above it; halves within a thread; mails without any
 * thread; an uncounted root to the parts below it; and what completes each other within a thread.
 */
final class Grouping {

    private final Threads threads;
    private final Map<MessageId, Cluster> of = new HashMap<>();
    private final Set<Cluster> clusters = new LinkedHashSet<>();

    Grouping(Threads threads) {
        this.threads = threads;
    }

    List<Cluster> group(List<Message> postings) {
        for (Message message : threads.topDown(postings)) {
            place(message);
        }
        mergeWithinThreads(true);
        mergeWithinThreads(false);
        mergeUnthreaded();
        for (Message message : postings) {
            adoptRoot(message);
        }
        minorVersions();
        complete();
        return List.copyOf(clusters);
    }

    /** The cluster of a mail that was grouped. */
    Optional<Cluster> clusterOf(Message message) {
        return Optional.ofNullable(of.get(message.id()));
    }

    private void place(Message message) {
        SubjectLine subject = message.subjectLine();
        // A cover letter never joins what it answers: that is an older version or another series.
        if (subject.counted() && !subject.cover()) {
            for (Message above : threads.ancestors(message)) {
                Cluster cluster = of.get(above.id());
                if (cluster != null && cluster.accepts(message, subject, above)) {
                    cluster.put(message, subject);
                    of.put(message.id(), cluster);
                    return;
                }
            }
        }
        Cluster fresh = new Cluster(message, subject);
        clusters.add(fresh);
        of.put(message.id(), fresh);
    }

    private void mergeWithinThreads(boolean sameRun) {
        byThread().values().forEach(list -> merge(list, (a, b) -> a.fits(b) && (!sameRun || a.sameStem(b))));
    }

    /** "v4.1 2/3" in a thread with a version 4 of as many parts is a touch-up of that, and names no Linux. */
    private void minorVersions() {
        for (Cluster cluster : clusters) {
            int major = cluster.minorOf();
            if (major > 0
                    && threads.ancestors(cluster.firstMail()).stream()
                            .map(m -> of.get(m.id()))
                            .anyMatch(c -> c != null
                                    && c.version() == major
                                    && c.versionGiven()
                                    && c.total() == cluster.total())) {
                cluster.setVersion(major);
            }
        }
    }

    /** Puts pieces of one thread together until none fits another. */
    private void complete() {
        Complements complements = new Complements(threads);
        for (List<Cluster> thread : byThread().values()) {
            int before = 0;
            List<Cluster> left = thread;
            while (left.size() > 1 && left.size() != before) {
                before = left.size();
                left = merge(left, complements::fit);
            }
        }
    }

    private Map<MessageId, List<Cluster>> byThread() {
        Map<MessageId, List<Cluster>> byThread = new LinkedHashMap<>();
        for (Cluster cluster : clusters) {
            byThread.computeIfAbsent(threads.thread(cluster.firstMail()), t -> new ArrayList<>())
                    .add(cluster);
        }
        return byThread;
    }

    private void mergeUnthreaded() {
        Map<MessageId, Integer> size = new HashMap<>();
        clusters.forEach(
                c -> size.merge(threads.thread(c.firstMail()), c.slots().size(), Integer::sum));
        Map<String, List<Cluster>> loners = new LinkedHashMap<>();
        for (Cluster cluster : clusters) {
            Message mail = cluster.firstMail();
            boolean alone = mail.inReplyTo().isEmpty()
                    && mail.references().isEmpty()
                    && size.getOrDefault(threads.thread(mail), 0) == 1;
            if (alone && cluster.counted()) {
                loners.computeIfAbsent(cluster.total() + " " + cluster.prefixes(), k -> new ArrayList<>())
                        .add(cluster);
            }
        }
        loners.values().forEach(list -> merge(list, Cluster::fitsUnthreaded));
    }

    private List<Cluster> merge(List<Cluster> list, java.util.function.BiPredicate<Cluster, Cluster> fits) {
        List<Cluster> kept = new ArrayList<>();
        list.sort(Comparator.comparing((Cluster c) -> c.firstMail().date())
                .thenComparing(c -> c.slots().firstKey())
                .thenComparing(c -> c.firstMail().id().key()));
        for (Cluster cluster : list) {
            Optional<Cluster> home =
                    kept.stream().filter(k -> fits.test(k, cluster)).findFirst();
            home.ifPresentOrElse(k -> absorb(k, cluster), () -> kept.add(cluster));
        }
        return kept;
    }

    private void absorb(Cluster home, Cluster other) {
        home.absorb(other);
        other.slots().values().forEach(m -> of.put(m.id(), home));
        other.replaced().forEach(r -> of.put(r.older().id(), home));
        clusters.remove(other);
    }

    /** "[PATCH] x" above "[PATCH 2/3] y": the root is part 1, or the cover letter when it holds no diff. */
    private void adoptRoot(Message message) {
        Cluster cluster = of.get(message.id());
        Optional<Message> parent = threads.parent(message);
        if (cluster == null || !cluster.counted() || parent.isEmpty()) {
            return;
        }
        Message root = parent.get();
        Cluster single = of.get(root.id());
        if (single == null || single.counted() || !Cluster.sender(root).equals(Cluster.sender(message))) {
            return;
        }
        boolean diff = PatchReader.hasDiff(root);
        Cluster.Slot slot = diff ? new Cluster.Slot(1, 0) : Cluster.Slot.COVER;
        boolean sameVersion = single.version() == cluster.version() || !single.versionGiven();
        boolean rootOfAll = cluster.slots().values().stream()
                .allMatch(m -> threads.ancestors(m).contains(root));
        if (sameVersion && rootOfAll && !cluster.slots().containsKey(slot) && !(diff && cluster.hasCover())) {
            cluster.putAt(slot, root);
            of.put(root.id(), cluster);
            clusters.remove(single);
        }
    }
}
