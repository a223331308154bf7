// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.TopicText;
import org.patchoscope.mail.store.Archive;
import org.patchoscope.mail.store.MailStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope mail series}: the series in the store, newest first. */
@Command(
        name = "series",
        description = "List series, newest first: date, version, parts that came of those promised, title, root.")
final class MailSeriesCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description = "Only series with all these words in title, author, lists or root id.")
    private List<String> words = List.of();

    @Option(names = "--incomplete", description = "Only series of which parts are missing.")
    private boolean incomplete;

    @Option(names = "--complete", description = "Only series of which no part is missing.")
    private boolean complete;

    @Option(names = "--ids", description = "Only the Message-ID of each root, for scripts.")
    private boolean ids;

    @Option(names = "--most", paramLabel = "N", description = "At most N (default: 50).")
    private int most = 50;

    @Override
    public Integer call() throws IOException {
        try (MailStore store = options.open()) {
            List<Archive.SeriesLine> found = store.archive().series(words, parts(), most);
            for (Archive.SeriesLine line : found) {
                if (ids) {
                    System.out.println(line.root());
                    continue;
                }
                System.out.println(first(line));
                System.out.println(TopicText.cut("            " + line.author() + "  <" + line.root() + ">", 80));
                if (!line.missing().isEmpty()) {
                    System.out.println(TopicText.cut(
                            "            missing " + line.missing().replace(" ", ", "), 80));
                }
            }
            if (found.isEmpty()) {
                System.err.println("no such series in the store");
            }
        }
        return 0;
    }

    private Archive.Parts parts() {
        return incomplete ? Archive.Parts.MISSING : complete ? Archive.Parts.COMPLETE : Archive.Parts.ANY;
    }

    private static String first(Archive.SeriesLine line) {
        String version = (line.rfc() ? "RFC " : "") + "v" + line.version();
        return TopicText.cut(
                String.format(
                        Locale.ROOT,
                        "%s  %-7s %7s  %s",
                        line.sent().toString().substring(0, 10),
                        version,
                        line.patches() + "/" + line.total(),
                        line.title()),
                80);
    }
}
