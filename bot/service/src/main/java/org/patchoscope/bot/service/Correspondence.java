// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.patchoscope.bot.reply.CommandAnswers;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.Postman;
import org.patchoscope.bot.reply.Replies;

/** Decides about new reviews and about commands, and sends what is due where a mail server is configured. */
@Singleton
final class Correspondence {
    private static final Logger LOG = Logger.getLogger(Correspondence.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final Outbox outbox;
    private final Replies replies;
    private final CommandAnswers answers;
    private final Optional<Postman> postman;
    private final Recurring decider = new Recurring("replies", PAUSE, this::decide);
    /** By itself: a mail server that is slow holds up no decision. */
    private final Recurring sender = new Recurring("postman", PAUSE, this::send);

    Correspondence(ServiceConfig config, Outbox outbox, Replies replies, CommandAnswers answers) {
        this.outbox = outbox;
        this.replies = replies;
        this.answers = answers;
        ServiceConfig.Mail mail = config.mail();
        postman = mail.host()
                .map(host -> new Postman(
                        outbox,
                        new Postman.Server(
                                host,
                                mail.port(),
                                mail.user().orElse(""),
                                mail.password().orElse(""),
                                mail.tls())));
    }

    void start() {
        decider.start();
        sender.start();
    }

    /** A mail that is being sent is sent to its end: an interruption would leave it uncertain. */
    void stop() throws InterruptedException {
        sender.end();
        decider.stop(PATIENCE);
        sender.stop(PATIENCE);
    }

    private void decide() {
        while (replies.decide() > 0 && !decider.isStopping()) {
            LOG.debug("decided about new reviews");
        }
        while (answers.decide() > 0 && !decider.isStopping()) {
            LOG.debug("decided about commands");
        }
    }

    private void send() {
        outbox.abandon();
        postman.ifPresent(Postman::deliver);
    }
}
