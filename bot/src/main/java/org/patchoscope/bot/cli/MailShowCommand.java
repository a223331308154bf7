// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.MboxWriter;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.SeriesLookup;
import org.patchoscope.mail.store.MailStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope mail show}: one mail, its thread, or its series. */
@Command(
        name = "show",
        description = "Show the raw mail with an id; with --thread or --series, an mbox; with --topic, the versions.")
final class MailShowCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Parameters(paramLabel = "ID", description = "A Message-ID, bare or in <>, or a link to the mail.")
    private String id = "";

    @Option(names = "--thread", description = "All mails of its thread, as an mbox.")
    private boolean thread;

    @Option(names = "--series", description = "The mails of the series it belongs to, in order, as an mbox.")
    private boolean series;

    @Option(names = "--topic", description = "The versions of the work it belongs to, one block each.")
    private boolean topic;

    @Override
    public Integer call() throws IOException, ReviewException {
        MessageId wanted = MessageId.parse(id)
                .orElseThrow(
                        () -> new ReviewException("that is no Message-ID", id, "give one such as <a@example.org>"));
        try (MailStore store = options.open()) {
            if (thread) {
                List<byte[]> mails = store.archive().thread(wanted);
                if (mails.isEmpty()) {
                    throw absent();
                }
                MboxWriter.write(mails, System.out);
            } else if (series || topic) {
                SeriesLookup.Found found = store.find(wanted).orElseThrow(this::absent);
                if (topic) {
                    System.out.print(TopicText.of(found));
                } else {
                    MboxWriter.write(
                            found.series().messages().stream().map(m -> m.raw()).toList(), System.out);
                }
            } else {
                byte[] raw = store.archive().raw(wanted).orElseThrow(this::absent);
                PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
                out.write(raw);
                out.flush();
            }
        }
        return 0;
    }

    private ReviewException absent() {
        return new ReviewException(
                series || topic ? "no series with that mail is in the store" : "that mail is not in the store",
                id,
                "import the archive it is in: patchoscope mail import SOURCE");
    }
}
