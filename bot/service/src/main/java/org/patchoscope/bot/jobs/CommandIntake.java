// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Decision;
import org.patchoscope.mail.command.SenderProof;
import org.patchoscope.mail.store.CommandQueue;
import org.patchoscope.mail.store.MailStore;

/**
 * Brings commands from a store of mail to the service. The store decides about each once, and hands out again what is not
 * finished; the service keeps each under its key, and the store hears how it ended. Whatever dies in between, the next look
 * goes on.
 */
public final class CommandIntake implements MailVisitor {
    private final CommandStore commands;
    private final CommandRights rights;
    private final Clock clock;

    public CommandIntake(CommandStore commands, CommandRights rights, Clock clock) {
        this.commands = commands;
        this.rights = rights;
        this.clock = clock;
    }

    /** Takes what waits in a store that is open, and tells it what became of the rest. */
    @Override
    public void look(MailStore store) throws IOException {
        CommandQueue queue = store.commands();
        for (CommandQueue.Order order : queue.unfinished()) {
            take(queue, order);
        }
        for (Optional<CommandQueue.Order> next = queue.take(rights); next.isPresent(); next = queue.take(rights)) {
            take(queue, next.get());
        }
    }

    private void take(CommandQueue queue, CommandQueue.Order order) throws IOException {
        Optional<StoredCommand> kept = commands.find(order.key());
        if (kept.isEmpty()) {
            commands.keep(command(order));
            kept = commands.find(order.key());
        }
        StoredCommand command = kept.orElseThrow();
        switch (command.state()) {
            case WAITING -> {}
            case DONE -> queue.finish(order.key(), CommandQueue.State.DONE, command.answer());
            case FAILED -> queue.finish(order.key(), CommandQueue.State.FAILED, command.answer());
            case REFUSED -> queue.finish(order.key(), CommandQueue.State.REFUSED, command.answer());
        }
    }

    private StoredCommand command(CommandQueue.Order order) {
        Message mail = order.mail();
        return switch (order.decision()) {
            case Decision.Accepted a -> command(order, mail, a.right().name(), StoredCommand.State.WAITING, "");
            case Decision.Refused r ->
                command(order, mail, r.reason().name(), StoredCommand.State.REFUSED, CommandWords.refused(r.reason()));
            case Decision.Waiting w -> throw new IllegalArgumentException("handed out undecided: " + w.missing());
        };
    }

    private StoredCommand command(
            CommandQueue.Order order, Message mail, String ground, StoredCommand.State state, String answer) {
        return new StoredCommand(
                0,
                order.key(),
                mail.id().value(),
                mail.subject(),
                (mail.references().isEmpty() ? mail.inReplyTo() : mail.references())
                        .stream().map(MessageId::value).toList(),
                mail.from().toString(),
                SenderProof.sender(mail).orElse(""),
                order.written().position(),
                order.written().text(),
                mail.date(),
                clock.instant(),
                ground,
                order.found().map(f -> f.series().root().key()).orElse(""),
                0,
                state,
                answer,
                clock.instant());
    }
}
