// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code patchoscope mail stats}: what became of every mail. */
@Command(name = "stats", description = "Say what became of every mail in the store; the numbers add up.")
final class MailStatsCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Override
    public Integer call() throws IOException {
        try (MailStore store = options.open()) {
            System.out.print(text(store.archive().statistics()));
        }
        return 0;
    }

    static String text(StoreStatistics s) {
        StringBuilder out = new StringBuilder();
        row(out, s.mails(), "mails, " + (s.bytes() >> 20) + " MiB, in " + s.threads() + " threads; of these");
        row(out, s.inSeries(), "  covers and patches of series");
        row(out, s.suggestions(), "  suggestions: a diff in a reply");
        row(out, s.comments(), "  other replies");
        row(out, s.pullRequests(), "  pull requests");
        row(out, s.noDiff(), "  called PATCH, but alone and without a diff");
        row(out, s.notPatches(), "  neither patch nor reply");
        row(out, s.copies(), "  copies of one of these, come another way");
        row(out, s.impostors(), "  other mails under an id that is taken");
        row(out, s.withdrawn(), "  taken away at their source");
        out.append(System.lineSeparator());
        row(out, s.series(), "series in " + s.topics() + " topics; of these");
        row(out, s.series() - s.incomplete(), "  complete");
        row(out, s.incomplete(), "  with parts missing");
        out.append(System.lineSeparator());
        row(out, s.automatic(), "mails that programs wrote");
        row(out, s.withProblems(), "mails read with a problem (patchoscope mail problems)");
        row(out, s.repeated(), "deliveries of mails that were stored before");
        return out.toString();
    }

    private static void row(StringBuilder out, long number, String what) {
        out.append(String.format(Locale.ROOT, "%9d  %s%n", number, what));
    }
}
