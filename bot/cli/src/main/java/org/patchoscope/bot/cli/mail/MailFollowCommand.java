// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.ErrorOutput;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code patchoscope mail follow}: import again and again. The store is open only while mail is written, so that other
 * commands can use it meanwhile.
 */
@Command(name = "follow", description = "Import what is new at some sources, and go on doing so until interrupted.")
final class MailFollowCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "As for import, but not standard input.")
    private List<String> sources = List.of();

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Pause between two looks (default: 300). A mail server that says so ends it early.")
    private int interval = 300;

    @Option(names = "--rounds", paramLabel = "N", description = "Stop after N looks (default: never).")
    private int rounds;

    @Override
    public Integer call() throws IOException, MailInputException, ReviewException, InterruptedException {
        if (interval < 1 || sources.contains("-")) {
            throw new ReviewException(
                    interval < 1 ? "no pause: " + interval : "standard input ends and cannot be followed",
                    "mail follow",
                    "give an archive or mailbox, and an interval of 1 second or more");
        }
        Workspace workspace = common.workspace();
        MailFeeds feeds = MailImportCommand.feeds(workspace);
        List<MailFeed> open = new ArrayList<>();
        try {
            for (String source : sources) {
                open.add(feeds.open(source));
            }
            for (int round = 1; rounds == 0 || round <= rounds; round++) {
                look(workspace, open);
                if (round != rounds) {
                    open.getFirst().awaitNews(Duration.ofSeconds(interval));
                }
            }
        } finally {
            for (MailFeed feed : open) {
                feed.close();
            }
        }
        return 0;
    }

    /** One source that fails does not keep the others from being read; it is tried again in the next round. */
    private void look(Workspace workspace, List<MailFeed> feeds) throws IOException {
        try (MailStore store = options.open()) {
            for (MailFeed feed : feeds) {
                try {
                    Importer.Result result = MailImportCommand.run(workspace, store, feed);
                    if (result.read() > 0) {
                        System.out.println(MailImportCommand.line(feed.name(), result));
                    }
                } catch (StoreException e) {
                    throw e;
                } catch (MailInputException | IOException e) {
                    ErrorOutput.say("patchoscope: " + e.getMessage());
                }
            }
        }
    }
}
