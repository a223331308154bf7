// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.source.Arrival;
import org.patchoscope.mail.source.MailFeed;

/** A process of its own that writes endlessly many mails into a store, until it is killed. */
final class StoreChild {
    private StoreChild() {}

    public static void main(String[] arguments) throws Exception {
        try (MailStore store =
                MailStore.open(new StoreLocation.Directory(Path.of(arguments[0])), Duration.ZERO, Clock.systemUTC())) {
            new Importer(store, stored -> System.out.println("stored " + stored)).run(new Endless());
        }
    }

    /** Mail number n is always the same. */
    static final class Endless implements MailFeed {
        @Override
        public String name() {
            return "endless";
        }

        @Override
        public void read(String position, Sink sink) throws java.io.IOException {
            for (int i = position.isEmpty() ? 0 : Integer.parseInt(position); i < 1_000_000; i++) {
                String subject = "[PATCH " + (i % 4 + 1) + "/4] t" + i;
                byte[] raw =
                        Mail.patch("m" + i + "@x", subject, "r" + i / 4 + "@x").raw();
                sink.accept(
                        new Arrival(raw, Arrival.Change.ADDED, java.time.Instant.EPOCH, false, String.valueOf(i + 1)));
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
