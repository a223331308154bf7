// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.TopicText;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.store.CommandQueue;
import org.patchoscope.mail.store.MailStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope mail commands}: what people asked the bot to do, and what became of it. */
@Command(
        name = "commands",
        description = "List commands that came by mail, newest first, and what became of each. Nothing is carried out.")
final class MailCommandsCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "MESSAGE-ID",
            description = "Only those in the thread of this mail, oldest first.")
    private List<String> ids = List.of();

    @Option(names = "--most", paramLabel = "N", description = "At most N (default: 200).")
    private int most = 200;

    @Override
    public Integer call() throws IOException, ReviewException {
        try (MailStore store = options.open()) {
            List<CommandQueue.Line> lines = ids.isEmpty()
                    ? store.commands().list(most)
                    : store.commands().inThread(id());
            lines.stream().limit(most).forEach(MailCommandsCommand::print);
        }
        return 0;
    }

    private MessageId id() throws ReviewException {
        return MessageId.parse(ids.getFirst())
                .orElseThrow(() -> new ReviewException(
                        "not a Message-ID: " + ids.getFirst(),
                        "mail commands",
                        "give the id of a mail of the thread, or its address on lore"));
    }

    private static void print(CommandQueue.Line line) {
        String reason = line.reason().toLowerCase(Locale.ROOT).replace('_', '-');
        String state = line.state().name().toLowerCase(Locale.ROOT);
        System.out.println(TopicText.cut(String.format(Locale.ROOT, "%-8s %s", state, line.text()), 80));
        String who = (line.sender().isEmpty() ? "unknown sender" : line.sender())
                + (reason.isEmpty() ? "" : " (" + reason + ")");
        System.out.println(TopicText.cut("         " + who + " " + line.mail(), 80));
        if (!line.answer().isEmpty()) {
            System.out.println(TopicText.cut("         " + line.answer(), 80));
        }
    }
}
