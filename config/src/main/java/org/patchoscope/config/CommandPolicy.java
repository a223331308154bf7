// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may command the bot by mail, and how sure of the sender it must be.
 *
 * @param authors whether who sent a series may, for that series
 * @param maintainers whether maintainers of the files that a series touches may
 * @param addresses who always may, in lower case
 * @param proof whether the sender's address must be proven
 * @param authenticators mail servers whose {@code Authentication-Results} are believed
 * @param oldest commands written longer ago are not carried out, so that reading an archive starts nothing
 * @param patience how long a command waits for its series, or for a copy of it that proves the sender
 * @param mostPerDay commands of one address that are carried out in 24 hours
 */
public record CommandPolicy(
        boolean authors,
        boolean maintainers,
        Set<String> addresses,
        Proof proof,
        Set<Authenticator> authenticators,
        Duration oldest,
        Duration patience,
        int mostPerDay) {
    /** Needs proof and believes nobody's, and so carries out nothing: a mail server has to be named first. */
    public static final CommandPolicy DEFAULT = new CommandPolicy(
            true, true, Set.of(), Proof.REQUIRED, Set.of(), Duration.ofDays(14), Duration.ofHours(1), 20);

    /** Makes a policy. */
    public CommandPolicy {
        addresses = lower(addresses);
        authenticators = Set.copyOf(authenticators);
        if (oldest.isNegative() || patience.isNegative() || mostPerDay < 0) {
            throw new IllegalArgumentException("times and numbers are not negative");
        }
    }

    /**
     * A mail server that says whether a sender is proven.
     *
     * @param server its name, the {@code authserv-id} of RFC 8601
     * @param source where mail comes from that passed it, as the store names that source. It is believed nowhere else: in
     *     what an archive delivers its name is only what anybody wrote there
     */
    public record Authenticator(String server, String source) {
        /** Makes one. */
        public Authenticator {
            server = server.toLowerCase(Locale.ROOT);
        }
    }

    /** What makes a sender's address believed; anybody can write any From. */
    public enum Proof {
        /** A believed server says that DKIM or DMARC passed for the domain of the From address. */
        REQUIRED,
        /** From is taken as it stands: for a closed network, or a mailbox that takes proven mail only. */
        NOT_NEEDED
    }

    /** The same with other servers believed. */
    public CommandPolicy believing(Set<Authenticator> servers) {
        return new CommandPolicy(authors, maintainers, addresses, proof, servers, oldest, patience, mostPerDay);
    }

    /** The same with other addresses that always may. */
    public CommandPolicy allowing(Set<String> others) {
        return new CommandPolicy(authors, maintainers, others, proof, authenticators, oldest, patience, mostPerDay);
    }

    private static Set<String> lower(Set<String> texts) {
        return texts.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
