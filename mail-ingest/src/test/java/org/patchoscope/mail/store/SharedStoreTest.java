// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.CommandPolicy;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Maintainers;
import org.patchoscope.mail.source.Arrival;
import org.patchoscope.mail.source.MailFeed;

/** One PostgreSQL store that several use at once. */
final class SharedStoreTest {
    /** 1,200 mails in 300 series. */
    private record Feed(String name) implements MailFeed {
        @Override
        public void read(String position, Sink sink) throws IOException {
            for (int i = position.isEmpty() ? 0 : Integer.parseInt(position); i < 1200; i++) {
                String subject = "[PATCH " + (i % 4 + 1) + "/4] t" + i;
                byte[] raw =
                        Mail.patch("m" + i + "@x", subject, "r" + i / 4 + "@x").raw();
                sink.accept(new Arrival(raw, Arrival.Change.ADDED, Instant.EPOCH, false, String.valueOf(i + 1)));
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static Importer.Result imported(StoreLocation location, String name) throws Exception {
        try (MailStore store = MailStore.open(location)) {
            return new Importer(store, n -> {}).run(new Feed(name));
        }
    }

    @Test
    void importsOfTheSameMailAtOnceLeaveItOnce(@TempDir Path folder) throws Exception {
        StoreLocation location = TestDatabase.POSTGRESQL.empty(folder);
        MailStore.open(location).close();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Importer.Result>> results = Stream.of("a", "b")
                    .map(name -> both.submit(() -> imported(location, name)))
                    .toList();
            long repeated =
                    results.get(0).get().repeated() + results.get(1).get().repeated();
            assertThat(repeated).isEqualTo(1200);
        }
        try (MailStore store = MailStore.open(location)) {
            assertThat(store.archive().statistics().mails()).isEqualTo(1200);
            assertThat(store.archive().series(List.of(), Archive.Parts.COMPLETE, 9999))
                    .hasSize(300);
        }
    }

    @Test
    void aCommandIsHandedToOneOfTwo(@TempDir Path folder) throws Exception {
        StoreLocation location = TestDatabase.POSTGRESQL.empty(folder);
        Message reply = Mail.of("r@x", "Re: one")
                .answers("1@x")
                .body("patchoscope: rerun\n".repeat(20))
                .read();
        try (MailStore store = MailStore.open(location)) {
            store.write(
                    "s",
                    Stream.of(Mail.patch("1@x", "[PATCH] one"), reply)
                            .map(Shapes::prepared)
                            .toList(),
                    "p");
        }
        CommandPolicy policy = new CommandPolicy(
                true,
                false,
                java.util.Set.of(),
                CommandPolicy.Proof.NOT_NEEDED,
                java.util.Set.of(),
                java.time.Duration.ofDays(99_999),
                java.time.Duration.ZERO,
                100);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> taken = Stream.of(1, 2)
                    .map(i -> both.submit(() -> {
                        int count = 0;
                        try (MailStore store = MailStore.open(location)) {
                            while (store.commands()
                                    .take(new CommandRights(policy, Maintainers.NONE))
                                    .isPresent()) {
                                count++;
                            }
                        }
                        return count;
                    }))
                    .toList();
            assertThat(taken.get(0).get() + taken.get(1).get()).isEqualTo(20);
        }
    }
}
