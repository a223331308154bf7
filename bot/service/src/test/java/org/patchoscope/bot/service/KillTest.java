// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.Reply;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/**
 * However often the service is killed, and in whatever step, every series ends reviewed once, every command carried out
 * once, and no reply is sent twice. By
 * default 6 kills; {@code -Dpatchoscope.kills=60} for more.
 */
@Timeout(1800)
class KillTest {
    static final int KILLS = Integer.getInteger("patchoscope.kills", 6);

    private static final long SEED = 20261121;
    private static final String[] STEPS = {"intake", "command", "review", "index", "decide", "send"};

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> killed = new TreeMap<>();

    @Test
    void everySeriesIsReviewedOnceAndNoReplySentTwice() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            KilledChild.prepare(folder);
            int port = server.getSmtp().getPort();
            int series = 0;
            for (int i = 0; i < kills(); i++) {
                mail(++series);
                List<Process> workers = new ArrayList<>();
                for (int w = 0; w < workers(); w++) {
                    workers.add(start("worker", port, series));
                }
                kill(start("all", port, series), STEPS[i % STEPS.length]);
                for (Process worker : workers) {
                    worker.destroyForcibly();
                    worker.waitFor();
                }
            }
            Process last = start("all", port, series);
            assertThat(last.waitFor(5, TimeUnit.MINUTES)).as("seed %d", SEED).isTrue();
            assertThat(last.exitValue()).isZero();
            check(server, series);
        } finally {
            server.stop();
        }
        System.out.println("killed " + kills() + " times: " + killed);
    }

    /** How often. */
    int kills() {
        return KILLS;
    }

    /** Processes that review beside the one that does all, and are killed with it. */
    int workers() {
        return 0;
    }

    /** The address of the database, or nothing for the embedded one. */
    List<String> address() {
        return List.of();
    }

    Database open() {
        return Database.embedded(folder);
    }

    final void check(GreenMail server, int expected) throws Exception {
        try (Database database = open()) {
            SeriesStore series = new SeriesStore(database, Clock.systemUTC());
            assertThat(series.count(SeriesState.REVIEWED)).isEqualTo(expected);
            assertThat(new ReviewStore(database, Clock.systemUTC()).totals().reviews())
                    .isEqualTo(expected);
            Map<String, Integer> received = new HashMap<>();
            for (var mail : server.getReceivedMessages()) {
                received.merge(mail.getMessageID(), 1, Integer::sum);
            }
            assertThat(received.values()).allSatisfy(n -> assertThat(n).isEqualTo(1));
            List<Reply> replies = new Outbox(database, Clock.systemUTC()).newest(1_000);
            assertThat(replies).as("one of each review, one of each command").hasSize(2 * expected);
            CommandStore commands = new CommandStore(database, Clock.systemUTC());
            assertThat(replies.stream().filter(r -> r.review() == 0))
                    .hasSize(expected)
                    .allSatisfy(r -> assertThat(commands.ofReply(r.id()))
                            .singleElement()
                            .satisfies(c -> assertThat(c.state()).isEqualTo(StoredCommand.State.DONE)));
            long sent = 0;
            for (Reply reply : replies) {
                // One that was being sent when the process died may have been: it is left to a person.
                assertThat(reply.state().key()).isIn("sent", "sending", "uncertain");
                if (reply.state().key().equals("sent")) {
                    sent++;
                    assertThat(received).containsKey("<" + reply.messageId() + ">");
                }
            }
            System.out.println(sent + " of " + replies.size() + " sent, " + received.size() + " received, "
                    + (replies.size() - sent) + " uncertain");
        }
    }

    final Process start(String role, int port, int series) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledChild.class.getName(),
                folder.toString(),
                Integer.toString(port),
                Integer.toString(series),
                role));
        command.addAll(address());
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** Kills it a moment after it came to a step; one that is done before that has nothing to lose. */
    private void kill(Process child, String step) throws Exception {
        try (BufferedReader said = child.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.equals(step) && !line.startsWith("done")) {
                line = said.readLine();
            }
            assertThat(line)
                    .as("the child's errors: %s", folder.resolve("errors"))
                    .isNotNull();
            Thread.sleep(random.nextInt(30));
            child.destroyForcibly();
            killed.merge(Objects.requireNonNull(line).startsWith("done") ? "done" : step, 1, Integer::sum);
            child.waitFor();
        }
    }

    final void mail(int number) throws Exception {
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
        String title = "entry: Tidy up " + "abcdefghij".charAt(number % 10) + number;
        String root = Integer.toHexString(title.hashCode()) + ".1@example.org";
        // A command of which the effect can be counted: by the answers, each of its own address.
        String mbox = (Fixtures.mail(title, 1, "kernel/entry/common.c") + """

                From mboxrd@z Thu Jan  1 00:00:00 1970
                From: Jo Doe <jo@example.org>
                Date: now
                Subject: Re: [PATCH] %s
                Message-ID: <c%d@example.org>
                In-Reply-To: <%s>

                patchoscope: assume audit-context-implies-flag
                """.formatted(title, number, root))
                .replaceAll("Date: .*", "Date: " + now)
                .replace("jo@example.org", "jo" + number + "@example.org");
        Path file = Files.writeString(Files.createTempFile(folder, "mail", ".mbox"), mbox);
        try (MailStore store = MailStore.open(new StoreLocation.Directory(folder.resolve("mail")));
                MailFeed feed = new MailFeeds(folder, InputStream.nullInputStream(), "").open(file.toString())) {
            new Importer(store, n -> {}).run(feed);
        }
    }
}
