// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.TopicText;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MboxWriter;
import org.patchoscope.mail.series.SeriesLookup;
import org.patchoscope.mail.store.MailStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope mail show}: one mail, its thread, or its series. */
@Command(
        name = "show",
        description = "Show raw mails by their ids; with --thread or --series, an mbox; with --topic, the versions.")
final class MailShowCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Message-IDs, bare or in <>, or links to mails.")
    private List<String> ids = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Write what each ID stands for into DIR/1, DIR/2, ...")
    private @Nullable Path out;

    @Option(names = "--thread", description = "All mails of its thread, as an mbox.")
    private boolean thread;

    @Option(names = "--series", description = "The mails of the series it belongs to, in order, as an mbox.")
    private boolean series;

    @Option(names = "--topic", description = "The versions of the work it belongs to, one block each.")
    private boolean topic;

    @Override
    public Integer call() throws IOException, ReviewException {
        try (MailStore store = options.open()) {
            int number = 1;
            for (String id : ids) {
                if (out == null) {
                    show(store, id, System.out);
                    System.out.flush();
                } else {
                    Files.createDirectories(out);
                    try (OutputStream file = Files.newOutputStream(out.resolve(String.valueOf(number++)))) {
                        show(store, id, file);
                    }
                }
            }
        }
        return 0;
    }

    private void show(MailStore store, String id, OutputStream to) throws IOException, ReviewException {
        MessageId wanted = MessageId.parse(id)
                .orElseThrow(
                        () -> new ReviewException("that is no Message-ID", id, "give one such as <a@example.org>"));
        if (thread) {
            List<byte[]> mails = store.archive().thread(wanted);
            if (mails.isEmpty()) {
                throw absent(id);
            }
            MboxWriter.write(mails, to);
        } else if (series || topic) {
            SeriesLookup.Found found = store.find(wanted).orElseThrow(() -> absent(id));
            if (topic) {
                to.write(TopicText.of(found).getBytes(StandardCharsets.UTF_8));
            } else {
                MboxWriter.write(
                        found.series().messages().stream().map(Message::raw).toList(), to);
            }
        } else {
            to.write(store.archive().raw(wanted).orElseThrow(() -> absent(id)));
        }
    }

    private ReviewException absent(String id) {
        return new ReviewException(
                series || topic ? "no series with that mail is in the store" : "that mail is not in the store",
                id,
                "import the archive it is in: patchoscope mail import SOURCE");
    }
}
