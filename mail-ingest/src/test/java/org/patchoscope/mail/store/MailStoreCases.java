// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.SeriesLookup;
import org.patchoscope.mail.source.Arrival;
import org.patchoscope.mail.source.MailFeed;

/** What a store keeps, across processes and failures. */
abstract class MailStoreCases {
    private final StoreLocation location;

    MailStoreCases(TestDatabase database, Path folder) throws Exception {
        location = database.empty(folder);
    }

    private MailStore open() throws StoreException {
        return MailStore.open(location, Duration.ZERO, Clock.systemUTC());
    }

    private static void add(MailStore store, Message... mails) throws StoreException {
        store.write("s", List.of(mails).stream().map(Shapes::prepared).toList(), "p");
    }

    @Test
    void keepsRawBytesAndFindsTheSeriesOfAnyOfItsMails() throws Exception {
        Message cover = Mail.cover("c@x", "[PATCH 0/2] all");
        Message one = Mail.patch("1@x", "[PATCH 1/2] one", "c@x");
        Message two = Mail.patch("2@x", "[PATCH 2/2] two", "c@x");
        Message reply = Mail.cover("r@x", "Re: [PATCH 1/2] one", "1@x");
        try (MailStore store = open()) {
            add(store, two, reply);
            add(store, cover, one);
        }
        try (MailStore store = open()) {
            assertThat(store.archive().raw(one.id()))
                    .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(one.raw()));
            for (String id : List.of("c@x", "1@x", "2@x", "r@x", "R@X")) {
                SeriesLookup.Found found = store.find(new MessageId(id)).orElseThrow();
                assertThat(found.series().isComplete()).isTrue();
                assertThat(found.series().messages()).containsExactly(cover, one, two);
                assertThat(found.topic().series()).containsExactly(found.series());
            }
            assertThat(store.find(new MessageId("other@x"))).isEmpty();
            assertThat(store.archive().thread(reply.id())).hasSize(4);
        }
    }

    @Test
    void aMissingPartWakesItsSeries() throws Exception {
        try (MailStore store = open()) {
            add(store, Mail.patch("1@x", "[PATCH 1/2] one"));
            assertThat(store.archive().series(List.of(), Archive.Parts.MISSING, 9))
                    .extracting(Archive.SeriesLine::missing)
                    .containsExactly("2");
            add(store, Mail.patch("2@x", "[PATCH 2/2] two", "1@x"));
            assertThat(store.archive().series(List.of(), Archive.Parts.MISSING, 9))
                    .isEmpty();
        }
    }

    @Test
    void aSeriesIsNamedByItsRootAsThatWasWritten() throws Exception {
        try (MailStore store = open()) {
            add(store, Mail.patch("MiXed@X.org", "[PATCH] one"));
            assertThat(store.archive().series(List.of("mixed@"), Archive.Parts.ANY, 9))
                    .extracting(Archive.SeriesLine::root)
                    .containsExactly("MiXed@X.org");
        }
    }

    @Test
    void ingestingTwiceChangesNothing() throws Exception {
        Message mail = Mail.patch("1@x", "[PATCH] one");
        try (MailStore store = open()) {
            add(store, mail);
            StoreStatistics before = store.archive().statistics();
            assertThat(store.write("s", List.of(Shapes.prepared(mail)), "p")).isEqualTo(1);
            assertThat(store.archive().statistics())
                    .usingRecursiveComparison()
                    .ignoringFields("repeated")
                    .isEqualTo(before);
        }
    }

    @Test
    void aSourceSaysHowManyMailsCameFromItFirstAndWhenTheLast() throws Exception {
        Message one = Mail.patch("1@x", "[PATCH] one");
        Message two = Mail.patch("2@x", "[PATCH] two");
        Instant later = one.date().plusSeconds(3600);
        PreparedMail dated = PreparedMail.all(List.of(new Arrival(two.raw(), Arrival.Change.ADDED, later, false, "")))
                .getFirst();
        try (MailStore store = open()) {
            add(store, one);
            assertThat(store.news().sources()).containsExactly(new SeriesNews.SourceLine("s", 1, one.date()));
            store.write("s", List.of(dated), "q");
            store.write("t", List.of(Shapes.prepared(one)), "q");
            assertThat(store.news().sources())
                    .containsExactly(
                            new SeriesNews.SourceLine("s", 2, later), new SeriesNews.SourceLine("t", 0, Instant.EPOCH));
        }
    }

    @Test
    void aWithdrawnMailLeavesItsSeriesAndIsKept() throws Exception {
        Message spam = Mail.patch("2@x", "[PATCH 2/2] two", "1@x");
        try (MailStore store = open()) {
            add(store, Mail.patch("1@x", "[PATCH 1/2] one"), spam);
            store.write(
                    "s",
                    PreparedMail.all(List.of(
                            new Arrival(spam.raw(), Arrival.Change.WITHDRAWN, java.time.Instant.EPOCH, false, "p"))),
                    "q");
            assertThat(store.archive().series(List.of(), Archive.Parts.MISSING, 9))
                    .hasSize(1);
            assertThat(store.archive().problems(9))
                    .extracting(Archive.ProblemLine::kind)
                    .containsExactly("WITHDRAWN");
            assertThat(store.archive().raw(spam.id())).isPresent();
        }
    }

    @Test
    void anotherMailUnderTheSameIdIsKeptApart() throws Exception {
        Message other = Mail.of("1@x", "[PATCH] one")
                .body(Mail.DIFF.replace("zwei", "deux"))
                .read();
        try (MailStore store = open()) {
            add(store, Mail.patch("1@x", "[PATCH] one"), other);
            assertThat(store.archive().statistics().impostors()).isEqualTo(1);
            assertThat(store.archive().series(List.of(), Archive.Parts.ANY, 9)).hasSize(1);
            assertThat(store.archive().problems(9))
                    .extracting(Archive.ProblemLine::kind)
                    .containsExactly("DUPLICATE_ID");
        }
    }

    @Test
    void whatCannotBeStoredAsTextIsStoredAllTheSame() throws Exception {
        Message odd = Mail.of("nul\u0000@x", "[PATCH] a \u0000 b \ud800 c " + "x".repeat(300_000))
                .from("\u0000 <\u0000@x>")
                .body(new byte[] {0, 1, (byte) 0xff})
                .read();
        try (MailStore store = open()) {
            add(store, odd);
            assertThat(store.archive().raw(odd.id()))
                    .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(odd.raw()));
        }
    }

    /** A source that breaks after some mails, as a connection does. */
    private record Broken(int good) implements MailFeed {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void read(String position, Sink sink) throws IOException {
            int from = position.isEmpty() ? 0 : Integer.parseInt(position);
            for (int i = from; i < 1200; i++) {
                if (i == good) {
                    throw new IOException("connection lost");
                }
                byte[] raw = Mail.patch("m" + i + "@x", "[PATCH] t" + i).raw();
                sink.accept(
                        new Arrival(raw, Arrival.Change.ADDED, java.time.Instant.EPOCH, false, String.valueOf(i + 1)));
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void aSourceThatBreaksIsReadOnFromTheLastStoredMail() throws Exception {
        try (MailStore store = open()) {
            assertThatThrownBy(() -> new Importer(store, n -> {}).run(new Broken(700)))
                    .hasMessage("connection lost");
            int position = Integer.parseInt(store.position("broken"));
            assertThat(store.archive().statistics().mails()).isEqualTo(position).isBetween(500L, 700L);
            assertThat(new Importer(store, n -> {}).run(new Broken(-1)))
                    .isEqualTo(new Importer.Result(1200 - position, 0));
            assertThat(store.archive().statistics().mails()).isEqualTo(1200);
        }
    }
}
