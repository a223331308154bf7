// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.config.CommandPolicy;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.series.Series;

/** Decides by a policy whether a command is carried out. */
public final class CommandRights {
    private final CommandPolicy policy;
    private final Maintainers maintainers;

    public CommandRights(CommandPolicy policy, Maintainers maintainers) {
        this.policy = policy;
        this.maintainers = maintainers;
    }

    /**
     * A mail with the command in it.
     *
     * @param source where it came from
     */
    public record Copy(String source, Message message) {}

    /**
     * What is known when a command is decided about.
     *
     * @param copies the mails that hold it, as they came on several ways; none when it was taken away
     * @param written when it was written, at the latest
     * @param queued when it was seen first
     * @param series what it is about, if that is known
     * @param today commands of the sender that were carried out in the last 24 hours
     */
    public record Situation(
            Command command,
            List<Copy> copies,
            Instant written,
            Instant queued,
            Optional<Series> series,
            long today,
            Instant now) {
        public Situation {
            copies = List.copyOf(copies);
        }
    }

    /** The decision; {@link Decision.Waiting} only while the policy's patience lasts. */
    public Decision decide(Situation at) {
        if (at.copies.isEmpty()) {
            return refused(Decision.Reason.WITHDRAWN);
        }
        if (at.written.isBefore(at.now.minus(policy.oldest()))) {
            return refused(Decision.Reason.TOO_OLD);
        }
        Optional<String> sender = SenderProof.sender(at.copies.getFirst().message);
        if (sender.isEmpty() || !proven(at.copies)) {
            return missing(Decision.Reason.UNPROVEN_SENDER, at);
        }
        if (at.series.isEmpty()) {
            return missing(Decision.Reason.NO_SERIES, at);
        }
        Optional<Decision.Right> right = right(sender.get(), at.series.get());
        if (right.isEmpty()) {
            return refused(Decision.Reason.NOT_ALLOWED);
        }
        if (at.command instanceof Command.Unclear) {
            return refused(Decision.Reason.UNCLEAR);
        }
        return at.today >= policy.mostPerDay() ? refused(Decision.Reason.TOO_MANY) : new Decision.Accepted(right.get());
    }

    private boolean proven(List<Copy> copies) {
        return switch (policy.proof()) {
            case NOT_NEEDED -> true;
            case REQUIRED -> copies.stream().anyMatch(c -> SenderProof.isProven(c.message, servers(c.source)));
        };
    }

    private Set<String> servers(String source) {
        return policy.authenticators().stream()
                .filter(a -> a.source().equals(source))
                .map(CommandPolicy.Authenticator::server)
                .collect(Collectors.toSet());
    }

    private Optional<Decision.Right> right(String sender, Series series) {
        if (policy.addresses().contains(sender)) {
            return Optional.of(Decision.Right.CONFIGURED);
        }
        if (policy.authors() && isAuthor(sender, series)) {
            return Optional.of(Decision.Right.AUTHOR);
        }
        return policy.maintainers() && maintainers.maintains(sender, series)
                ? Optional.of(Decision.Right.MAINTAINER)
                : Optional.empty();
    }

    /**
     * Who sent more than half of its mails. Not those whom a patch names in its text, and not who sent a part or a cover:
     * anybody can answer a series with one.
     */
    private static boolean isAuthor(String sender, Series series) {
        List<Message> mails = series.messages();
        long own = mails.stream()
                .map(Message::sender)
                .filter(a ->
                        !a.isRelay() && a.address().toLowerCase(Locale.ROOT).equals(sender))
                .count();
        return 2 * own > mails.size();
    }

    private Decision missing(Decision.Reason what, Situation at) {
        return at.now.isBefore(at.queued.plus(policy.patience())) ? new Decision.Waiting(what) : refused(what);
    }

    private static Decision refused(Decision.Reason reason) {
        return new Decision.Refused(reason);
    }
}
