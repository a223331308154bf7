// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.source.Arrival;
import org.patchoscope.mail.source.MailFeed;

/** A process of its own that works on a store until it is killed. Its arguments are the store and the work. */
final class StoreChild {
    /** What it does. */
    enum Work {
        /** Writes endlessly many mails. */
        IMPORT,
        /** Opens the store, writes some mails, closes it and makes its file as small as can be, again and again. */
        FOLLOW,
        /** Opens the store, and waits. */
        UPGRADE
    }

    /** Mails of a round of {@link Work#FOLLOW}. */
    private static final int ROUND = 700;

    private StoreChild() {}

    public static void main(String[] arguments) throws Exception {
        StoreLocation location = StoreLocation.of(arguments[0], "postgres", "");
        Work work = Work.valueOf(arguments[1]);
        do {
            try (MailStore store = MailStore.open(location, Duration.ZERO, Clock.systemUTC())) {
                if (work == Work.UPGRADE) {
                    System.out.println("open");
                    Thread.sleep(Duration.ofMinutes(1));
                }
                new Importer(store, stored -> System.out.println("stored " + stored))
                        .run(new Mails(work == Work.IMPORT ? Integer.MAX_VALUE : ROUND));
            }
            if (location instanceof StoreLocation.Directory(Path path)) {
                try (Connection connection = Database.connect(Database.url(path), new Properties());
                        Statement statement = connection.createStatement()) {
                    statement.execute("shutdown compact");
                }
            }
        } while (work == Work.FOLLOW);
    }

    /**
     * Mail number n is always the same.
     *
     * @param most how many are delivered at once
     */
    record Mails(int most) implements MailFeed {
        @Override
        public String name() {
            return "endless";
        }

        @Override
        public void read(String position, Sink sink) throws IOException {
            int first = position.isEmpty() ? 0 : Integer.parseInt(position);
            for (int i = first; i - first < most; i++) {
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
}
