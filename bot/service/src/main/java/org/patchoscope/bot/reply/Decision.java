// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a review is answered, to whom and when: a function of the policy and the situation, and of nothing else. */
public final class Decision {
    private final Policy policy;
    private final Situation situation;
    private final List<String> reasons = new ArrayList<>();

    private Decision(Policy policy, Situation situation) {
        this.policy = policy;
        this.situation = situation;
    }

    /** Decides. */
    public static Action of(Policy policy, Situation situation) {
        return new Decision(policy, situation).decide();
    }

    private Action decide() {
        Optional<String> never = never();
        if (never.isPresent()) {
            return new Action.Silence(List.of(never.get()));
        }
        Optional<Policy.Audience> to = situation.hasFindings() ? findings() : positive();
        if (to.isEmpty()) {
            return new Action.Silence(reasons);
        }
        if (situation.old()) {
            reasons.add("It was posted long ago: this is shown and not sent.");
            return new Action.Preview(to.get(), reasons);
        }
        Instant notBefore = notBefore();
        return switch (policy.mode()) {
            case OFF -> {
                reasons.add("The list has not asked for replies: this is shown and not sent.");
                yield new Action.Preview(to.get(), reasons);
            }
            case MODERATED -> {
                reasons.add("The list wants a person to let it go.");
                yield new Action.Moderate(to.get(), notBefore, reasons);
            }
            case ON -> new Action.Send(to.get(), notBefore, reasons);
        };
    }

    /** What no policy can allow. */
    private Optional<String> never() {
        if (situation.automatic()) {
            return Optional.of("The series was sent by a program; programs are not answered.");
        }
        if (situation.optedOut(policy.optedOut())) {
            return Optional.of("The author wants no mail.");
        }
        if (situation.stopped()) {
            return Optional.of("Somebody with the right to asked for no more mail about this topic.");
        }
        if (situation.answered()) {
            return Optional.of("This series was answered before.");
        }
        if (!situation.unreachable().isEmpty()) {
            return Optional.of("Mail to " + situation.unreachable() + " came back within the last 30 days.");
        }
        if (situation.laterVersion()) {
            return Optional.of("A later version has come.");
        }
        return Optional.empty();
    }

    private Optional<Policy.Audience> findings() {
        reasons.add(
                situation.standing() == 1
                        ? "1 finding that no later patch is known to undo."
                        : situation.standing() + " findings that no later patch is known to undo.");
        if (situation.claimsFail()) {
            reasons.add("A changelog promises what does not hold.");
        }
        return Optional.of(policy.audience());
    }

    private Optional<Policy.Audience> positive() {
        if (situation.untold() > 0) {
            reasons.add("What was found was dismissed by mail, or vanishes under what is assumed by mail.");
            return Optional.empty();
        }
        reasons.add(
                situation.undone() > 0 ? "A later patch undoes everything that was found." : "There is no finding.");
        if (!situation.complete()) {
            reasons.add("Not everything was analysed, so that \"nothing found\" would say too much.");
            return Optional.empty();
        }
        return switch (policy.positive()) {
            case NONE -> {
                reasons.add("The list wants no mail without a finding.");
                yield Optional.empty();
            }
            case AUTHOR -> Optional.of(Policy.Audience.AUTHOR);
            case LIST -> Optional.of(policy.audience());
        };
    }

    private Instant notBefore() {
        Instant due = situation.reviewed().plus(policy.delay());
        if (situation.sentToday() < policy.mostPerDay()) {
            return due;
        }
        reasons.add("The list got its " + policy.mostPerDay() + " mails of today; this one waits.");
        Instant tomorrow = situation
                .reviewed()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        return due.isBefore(tomorrow) ? tomorrow : due;
    }
}
