// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/**
 * Who answers whom, from In-Reply-To and References together, with mails in any order and some of them absent. Two mails
 * are in one thread when a chain of such ids connects them, also through a mail that never came.
 */
final class Threads {

    /** Longer chains exist only in forged mail; the limit keeps those from costing quadratic time. */
    private static final int LONGEST_CHAIN = 1000;

    private final Map<MessageId, Message> byId = new HashMap<>();
    private final Map<MessageId, MessageId> union = new HashMap<>();
    private final Map<MessageId, Optional<Message>> parents = new HashMap<>();

    Threads(Collection<Message> messages) {
        for (Message message : messages) {
            byId.put(message.id(), message);
            message.inReplyTo().forEach(id -> join(message.id(), id));
            message.references().forEach(id -> join(message.id(), id));
        }
    }

    /** A name for the thread: equal for two mails exactly when they are in the same one. */
    MessageId thread(Message message) {
        return find(message.id());
    }

    /** The mail it answers: the first that came of In-Reply-To, else the last that came of References. */
    Optional<Message> parent(Message message) {
        Optional<Message> known = parents.get(message.id());
        if (known == null) {
            known = findParent(message);
            parents.put(message.id(), known);
        }
        return known;
    }

    private Optional<Message> findParent(Message message) {
        List<MessageId> ids = new ArrayList<>(message.inReplyTo());
        ids.addAll(message.references().reversed());
        for (MessageId id : ids) {
            Message parent = byId.get(id);
            if (parent != null && !id.equals(message.id())) {
                return Optional.of(parent);
            }
        }
        return Optional.empty();
    }

    /** The mails above it, nearest first; cycles end where they close. */
    List<Message> ancestors(Message message) {
        List<Message> chain = new ArrayList<>();
        Set<MessageId> seen = new HashSet<>();
        seen.add(message.id());
        Optional<Message> up = parent(message);
        while (up.isPresent() && seen.add(up.get().id()) && chain.size() < LONGEST_CHAIN) {
            chain.add(up.get());
            up = parent(up.get());
        }
        return chain;
    }

    /** Parents before children; siblings by Date, then id, only to make the order fixed. */
    List<Message> topDown(Collection<Message> messages) {
        Map<MessageId, Integer> depth = new HashMap<>();
        messages.forEach(m -> depth.put(m.id(), ancestors(m).size()));
        return messages.stream()
                .sorted(Comparator.comparingInt((Message m) -> depth.getOrDefault(m.id(), 0))
                        .thenComparing(Message::date)
                        .thenComparing(m -> m.id().key()))
                .toList();
    }

    private void join(MessageId a, MessageId b) {
        MessageId left = find(a);
        MessageId right = find(b);
        if (!left.equals(right)) {
            // The smaller name wins, so that the result does not depend on the order of arrival.
            boolean leftWins = left.key().compareTo(right.key()) < 0;
            union.put(leftWins ? right : left, leftWins ? left : right);
        }
    }

    private MessageId find(MessageId id) {
        MessageId root = id;
        for (MessageId up = union.get(root); up != null; up = union.get(root)) {
            root = up;
        }
        MessageId step = id;
        while (!step.equals(root)) {
            MessageId next = union.getOrDefault(step, root);
            union.put(step, root);
            step = next;
        }
        return root;
    }
}
