// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.mail.Message;

/**
 * Completes partial rerolls: {@code v2 3/5} in reply to {@code 3/5} means the older version with part 3 replaced. Only an
 * incomplete set without a cover letter, each part of which answers the same part of an older version, is one.
 */
final class Rerolls {

    private final Threads threads;
    private final Grouping grouping;
    private final Map<Cluster, NavigableMap<Cluster.Slot, Message>> effective = new HashMap<>();

    Rerolls(Threads threads, Grouping grouping) {
        this.threads = threads;
        this.grouping = grouping;
    }

    /** What makes up each cluster's version, older versions first so that rerolls of rerolls build up. */
    Map<Cluster, NavigableMap<Cluster.Slot, Message>> complete(List<Cluster> clusters) {
        clusters.stream().sorted(Comparator.comparingInt(Cluster::version)).forEach(this::complete);
        return effective;
    }

    private void complete(Cluster cluster) {
        NavigableMap<Cluster.Slot, Message> slots = new TreeMap<>();
        older(cluster).ifPresent(old -> slots.putAll(effective.getOrDefault(old, old.slots())));
        slots.putAll(cluster.slots());
        effective.put(cluster, slots);
    }

    private Optional<Cluster> older(Cluster cluster) {
        boolean full = cluster.slots().size() >= cluster.total();
        if (!cluster.counted() || cluster.hasCover() || full) {
            return Optional.empty();
        }
        Optional<Cluster> newest = Optional.empty();
        for (Map.Entry<Cluster.Slot, Message> entry : cluster.slots().entrySet()) {
            Optional<Cluster> old = replaced(cluster, entry.getKey(), entry.getValue());
            if (old.isEmpty()) {
                return Optional.empty();
            }
            if (newest.isEmpty() || newest.get().version() < old.get().version()) {
                newest = old;
            }
        }
        return newest;
    }

    /** The older cluster whose part with the same number is the nearest patch above this one. */
    private Optional<Cluster> replaced(Cluster cluster, Cluster.Slot slot, Message message) {
        for (Message above : threads.ancestors(message)) {
            Optional<Cluster> old = grouping.clusterOf(above);
            if (old.isPresent() && old.get() != cluster) {
                return old.filter(o -> above.equals(o.slots().get(slot))
                        && o.total() == cluster.total()
                        && o.version() < cluster.version()
                        && Cluster.sender(above).equals(Cluster.sender(message)));
            }
        }
        return Optional.empty();
    }
}
