// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.TopicText;
import org.patchoscope.mail.store.Archive;
import org.patchoscope.mail.store.MailStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patchoscope mail problems}: mails that were stored but not understood in full, and why. */
@Command(name = "problems", description = "List mails that were stored but not understood in full, and why.")
final class MailProblemsCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Option(names = "--most", paramLabel = "N", description = "At most N (default: 200).")
    private int most = 200;

    @Override
    public Integer call() throws IOException {
        try (MailStore store = options.open()) {
            for (Archive.ProblemLine line : store.archive().problems(most)) {
                System.out.println(String.format(Locale.ROOT, "%-14s <%s>", line.kind(), line.messageId()));
                System.out.println(TopicText.cut("               " + line.detail(), 80));
                System.out.println(TopicText.cut("               " + line.subject(), 80));
            }
        }
        return 0;
    }
}
