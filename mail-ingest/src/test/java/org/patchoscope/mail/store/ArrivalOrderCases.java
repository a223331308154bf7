// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.RealArchive;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.SeriesAssembler;

/** Case 9: whatever the order of arrival and however it is split, the store holds what all the mail together makes. */
abstract class ArrivalOrderCases {
    private final TestDatabase database;

    ArrivalOrderCases(TestDatabase database) {
        this.database = database;
    }

    private void assertSameInAnyOrder(List<Message> mails, long seed, Path folder) throws Exception {
        List<String> expected = Shapes.of(SeriesAssembler.assemble(mails));
        Random random = new Random(seed);
        List<Message> shuffled = new ArrayList<>(mails);
        Collections.shuffle(shuffled, random);
        try (MailStore store = MailStore.open(database.empty(folder), Duration.ZERO, Clock.systemUTC())) {
            int at = 0;
            while (at < shuffled.size()) {
                int end = Math.min(shuffled.size(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
                // Some mail comes twice.
                int start = Math.max(0, at - random.nextInt(3));
                store.write(
                        "test",
                        shuffled.subList(start, end).stream()
                                .map(Shapes::prepared)
                                .toList(),
                        String.valueOf(end));
                at = end;
            }
            assertThat(Shapes.of(store)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void fourVersionsOfARealSeries(long seed, @TempDir Path folder) throws Exception {
        List<Message> mails = new ArrayList<>();
        for (String file : List.of("thread-v13.mbox", "thread-v13-resend.mbox", "thread-v14.mbox", "thread-v16.mbox")) {
            mails.addAll(MailSource.read(RealArchive.corpus(file)));
        }
        assertSameInAnyOrder(mails, seed, folder);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void madeUpThreadsWithAllThatIsOdd(long seed, @TempDir Path folder) throws Exception {
        assertSameInAnyOrder(madeUp(new Random(seed)), seed, folder);
    }

    /** Subjects, senders and references drawn from so few that they collide in every way. */
    private static List<Message> madeUp(Random random) {
        List<Message> mails = new ArrayList<>();
        int count = 30 + random.nextInt(50);
        for (int i = 0; i < count; i++) {
            int total = 1 + random.nextInt(3);
            String version = List.of("", " v2", " v3").get(random.nextInt(3));
            String counter = random.nextInt(4) == 0 ? "" : " " + random.nextInt(total + 1) + "/" + total;
            String mark = random.nextInt(4) == 0 ? "Re: " : "";
            Mail mail = Mail.of(
                            (random.nextInt(12) == 0 ? "m0" : "m" + i) + "@x",
                            mark + "[PATCH" + version + counter + "] t" + random.nextInt(8))
                    .from(random.nextInt(3) == 0 ? "B <b@x.org>" : "A <a@x.org>");
            if (random.nextInt(3) > 0) {
                mail.answers("m" + random.nextInt(count) + "@x");
            }
            if (random.nextInt(6) == 0) {
                mail.with("References: <m" + random.nextInt(count) + "@x> <gone" + random.nextInt(4) + "@x>");
            }
            mails.add(mail.body(random.nextInt(4) == 0 ? "words\n" : Mail.PATCH).read());
        }
        return mails;
    }

    @Test
    void partsWithoutAThreadFindEachOtherAndLoseOneThatGetsAThread(@TempDir Path folder) throws Exception {
        List<Message> mails = List.of(
                Mail.patch("1@x", "[PATCH 1/3] a"),
                Mail.patch("2@x", "[PATCH 2/3] b"),
                Mail.patch("3@x", "[PATCH 3/3] c"),
                Mail.cover("r@x", "Re: [PATCH 2/3] b", "2@x"));
        for (long seed = 1; seed < 5; seed++) {
            assertSameInAnyOrder(mails, seed, folder.resolve("s" + seed));
        }
    }

    /** Mails of one sender who never threads, minutes and days apart, some with ids of one run of git send-email. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSenderWhoNeverThreads(long seed, @TempDir Path folder) throws Exception {
        Random random = new Random(seed);
        List<Message> mails = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Instant sent = Instant.parse("2026-06-29T12:00:00Z").plusSeconds(60L * random.nextInt(2000));
            int part = random.nextInt(4);
            String id = random.nextInt(3) == 0 ? "run" + random.nextInt(4) + "-" + i + "-jo@x" : "m" + i + "@x";
            Mail mail = Mail.of(id, "[PATCH " + part + "/3] t" + random.nextInt(6))
                    .with("Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(sent.atOffset(ZoneOffset.UTC)));
            if (random.nextInt(10) == 0) {
                mail.answers("m" + random.nextInt(60) + "@x");
            }
            mails.add(mail.body(Mail.PATCH).read());
        }
        assertSameInAnyOrder(mails, seed, folder);
    }
}
