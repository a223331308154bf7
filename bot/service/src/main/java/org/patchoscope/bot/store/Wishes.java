// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people have asked for, by mail, about a topic.
 *
 * @param stopped whether no more mail is to be written about it
 * @param assumed names of assumptions that are taken for granted
 * @param dismissed findings that are not told again, by identity
 */
public record Wishes(boolean stopped, Set<String> assumed, Map<String, Dismissal> dismissed) {
    /** Nobody has asked for anything. */
    public static final Wishes NONE = new Wishes(false, Set.of(), Map.of());

    /** Makes wishes. */
    public Wishes {
        assumed = Set.copyOf(assumed);
        dismissed = Map.copyOf(dismissed);
    }

    /**
     * That a finding is not reported again.
     *
     * @param by the right of who said so: a constant of {@code mail.command.Decision.Right}
     */
    public record Dismissal(String reason, String by) {}

    /**
     * Why a finding is not told, in words; nothing if it is.
     *
     * @param identities it has in the versions of the topic
     * @param vanishesUnder names of assumptions under which it cannot happen
     */
    public Optional<String> untold(Set<String> identities, List<String> vanishesUnder) {
        for (String identity : identities) {
            if (dismissed.get(identity) instanceof Dismissal d) {
                return Optional.of("dismissed by mail: " + d.reason());
            }
        }
        return vanishesUnder.stream()
                .filter(assumed::contains)
                .findFirst()
                .map(name -> "vanishes under " + name + ", which is assumed by mail");
    }
}
