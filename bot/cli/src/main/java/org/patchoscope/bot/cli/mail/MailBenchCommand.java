// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.Spent;
import org.patchoscope.bot.cli.options.StageClock;
import org.patchoscope.bot.cli.options.TopicText;
import org.patchoscope.bot.engine.ScratchDirectory;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.MailKind;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope bench mail}: mails per second, beside public-inbox-index on the same epoch. */
@Command(
        name = "mail",
        description =
                "Measure reading an epoch into an empty store, beside public-inbox-index where that is installed.")
public final class MailBenchCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "EPOCH", description = "Git directory of one public-inbox epoch.")
    private Path epoch = Path.of(".");

    @Option(
            names = "--copies",
            paramLabel = "N",
            description = "Then import it N times more under new ids into the same store (default: 0).")
    private int copies;

    @Override
    public Integer call() throws IOException, MailInputException, ReviewException {
        Workspace workspace = common.workspace();
        System.out.printf(
                Locale.ROOT,
                "%s%n%d cores, heap of at most %d MiB%n%n",
                TopicText.cut(epoch.toString(), 80),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        try (ScratchDirectory scratch = ScratchDirectory.create(workspace.cache(), "bench-mail-")) {
            parse(workspace);
            Spent ours = importAll(workspace, scratch.path().resolve("store"));
            for (String level : new String[] {"basic", "full"}) {
                Optional<Spent> theirs =
                        PublicInboxIndex.measure(epoch.toAbsolutePath(), scratch.path(), level, workspace::say);
                theirs.ifPresentOrElse(
                        t -> {
                            row("public-inbox-index, " + level, mails, t);
                            System.out.printf(
                                    Locale.ROOT,
                                    "  %-34s %8.1f x the rate, %.1f x the processor time%n",
                                    "  import against it",
                                    rate(mails, ours.wall()) / rate(mails, t.wall()),
                                    seconds(ours.processor()) / seconds(t.processor()));
                        },
                        () -> System.out.println("  public-inbox-index is not installed (Debian: public-inbox)"));
            }
        }
        return 0;
    }

    private long mails;

    private void parse(Workspace workspace) throws IOException, MailInputException {
        StageClock watch = StageClock.ofThisProcess();
        long[] count = {0};
        try (MailFeed feed = MailImportCommand.feeds(workspace).open(epoch.toString())) {
            feed.read("", a -> {
                if (MailKind.of(MailSource.readMessage(a.raw())) != null) {
                    count[0]++;
                }
            });
        }
        mails = count[0];
        row("read and parsed, one thread", mails, watch.spent());
    }

    private Spent importAll(Workspace workspace, Path directory) throws IOException, MailInputException {
        Spent first = new Spent(Duration.ZERO, Duration.ZERO);
        try (MailStore store = MailStore.open(new StoreLocation.Directory(directory))) {
            for (int copy = 0; copy <= copies; copy++) {
                try (MailFeed feed = MailImportCommand.feeds(workspace).open(epoch.toString());
                        MailFeed renamed = copy == 0 ? feed : new RenamedFeed(feed, copy)) {
                    StageClock watch = StageClock.ofThisProcess();
                    Importer.Result result = new Importer(store, n -> {}).run(renamed);
                    Spent spent = watch.spent();
                    row(copy == 0 ? "imported: stored and assembled" : "copy " + copy, result.read(), spent);
                    first = copy == 0 ? spent : first;
                }
                System.out.printf(
                        Locale.ROOT, "  %-34s %8d MiB after collection%n", "  heap", heapAfterCollection() >> 20);
            }
        }
        System.out.printf(Locale.ROOT, "  %-34s %8d MiB on disk%n", "  store", size(directory) >> 20);
        return first;
    }

    private static void row(String what, long mails, Spent spent) {
        System.out.printf(
                Locale.ROOT,
                "  %-34s %7.0f mails/s %6.1f s %6.1f s processor%n",
                what,
                rate(mails, spent.wall()),
                seconds(spent.wall()),
                seconds(spent.processor()));
    }

    private static double rate(long mails, Duration time) {
        return mails / Math.max(0.001, seconds(time));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static long heapAfterCollection() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            long size = 0;
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }
}
