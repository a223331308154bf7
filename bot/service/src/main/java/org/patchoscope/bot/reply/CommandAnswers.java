// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.command.Decision;

/** Decides, once for each mail with commands that have ended, whether its sender is told by mail. */
public final class CommandAnswers {
    private static final Logger LOG = Logger.getLogger(CommandAnswers.class);
    private static final int BATCH = 50;
    private static final Duration OLD = Duration.ofDays(14);

    private final CommandStore commands;
    private final SeriesStore series;
    private final Outbox outbox;
    private final BounceStore bounces;
    private final PolicyFile policies;
    private final AnswerWriter writer;
    private final Clock clock;

    public CommandAnswers(
            CommandStore commands,
            SeriesStore series,
            Outbox outbox,
            BounceStore bounces,
            PolicyFile policies,
            AnswerWriter writer,
            Clock clock) {
        this.commands = commands;
        this.series = series;
        this.outbox = outbox;
        this.bounces = bounces;
        this.policies = policies;
        this.writer = writer;
        this.clock = clock;
    }

    /** Decides about what is undecided; about how many mails. */
    public int decide() {
        List<CommandStore.Unanswered> mails = commands.unanswered(BATCH);
        mails.forEach(m -> decide(commands.of(m)));
        return mails.size();
    }

    private void decide(List<StoredCommand> all) {
        if (all.isEmpty()) {
            return;
        }
        List<StoredCommand> told = all.stream().filter(CommandAnswers::tellable).toList();
        Optional<StoredSeries> about = all.stream()
                .map(StoredCommand::root)
                .filter(r -> !r.isEmpty())
                .findFirst()
                .flatMap(series::byMessage);
        Policy policy = about.map(s -> policies.of(s.list())).orElse(Policy.NONE);
        Instant now = clock.instant();
        Action action = AnswerDecision.of(policy, situation(all.getFirst(), !told.isEmpty(), about, now));
        switch (action) {
            case Action.Silence a -> outbox.silent(all, String.join(" ", a.reasons()));
            case Action.Preview a -> keep(all, told, about.orElseThrow(), ReplyState.PREVIEW, a.reasons(), now);
            case Action.Moderate a -> keep(all, told, about.orElseThrow(), ReplyState.HELD, a.reasons(), a.notBefore());
            case Action.Send a -> keep(all, told, about.orElseThrow(), ReplyState.QUEUED, a.reasons(), a.notBefore());
        }
    }

    private void keep(
            List<StoredCommand> all,
            List<StoredCommand> told,
            StoredSeries about,
            ReplyState state,
            List<String> reasons,
            Instant notBefore) {
        try {
            outbox.answer(all, about, state, reasons, writer.write(told, about.id(), clock.instant()), notBefore);
        } catch (IllegalStateException e) {
            LOG.warnf("commands of %s: no answer: %s", all.getFirst().messageId(), e.getMessage());
            outbox.silent(all, "An answer could not be written.");
        }
    }

    private AnswerDecision.Situation situation(
            StoredCommand first, boolean tellable, Optional<StoredSeries> about, Instant now) {
        return new AnswerDecision.Situation(
                first.address(),
                about.isPresent(),
                tellable,
                about.map(s -> commands.wishes(s.topic()).stopped()).orElse(false),
                writer.isOurs(first.address()),
                first.written().isBefore(now.minus(OLD)),
                bounces.unreachable(List.of(first.address())).isPresent(),
                outbox.answersSince(first.address(), now.minus(Duration.ofDays(1))),
                now);
    }

    /** Whether the sender is proven, and so may be told; what was refused for want of proof or right may be forged. */
    private static boolean tellable(StoredCommand command) {
        return switch (command.state()) {
            case WAITING -> false;
            case DONE, FAILED -> true;
            case REFUSED -> Decision.Reason.valueOf(command.ground()).tellByMail();
        };
    }
}
