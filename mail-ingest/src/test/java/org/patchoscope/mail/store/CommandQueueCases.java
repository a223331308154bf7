// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.CommandPolicy;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.command.Command;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Decision;
import org.patchoscope.mail.source.Arrival;

/** What becomes of commands on their way from a mail to who carries them out. */
abstract class CommandQueueCases {
    private static final String PROOF = "Authentication-Results: mx.ours.org; dkim=pass header.d=x.org";
    private static final String OURS = "imaps://bot@mx.ours.org/INBOX";
    private static final Instant WRITTEN = Instant.parse("2026-06-29T13:05:58Z");
    private static final CommandPolicy POLICY =
            CommandPolicy.DEFAULT.believing(Set.of(new CommandPolicy.Authenticator("mx.ours.org", OURS)));

    private final StoreLocation location;

    CommandQueueCases(TestDatabase database, Path folder) throws Exception {
        location = database.empty(folder);
    }

    private MailStore store;
    private Instant now = WRITTEN.plus(Duration.ofMinutes(5));

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void open() throws Exception {
        store = MailStore.open(location, Duration.ZERO, clock);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private void add(String source, Message... mails) throws Exception {
        add(source, Arrival.Change.ADDED, mails);
    }

    private void add(String source, Arrival.Change change, Message... mails) throws Exception {
        List<PreparedMail> prepared = new ArrayList<>();
        for (Message mail : mails) {
            prepared.addAll(PreparedMail.all(List.of(new Arrival(mail.raw(), change, now, false, "p"))));
        }
        store.write(source, prepared, "p");
    }

    private static Mail reply(String from, String text) {
        return Mail.of("r@x", "Re: [PATCH] one").from(from).answers("1@x").body(text + "\n");
    }

    private Optional<CommandQueue.Order> take() throws Exception {
        return take(POLICY);
    }

    private Optional<CommandQueue.Order> take(CommandPolicy policy) throws Exception {
        return store.commands().take(new CommandRights(policy, (address, series) -> address.equals("mary@x.org")));
    }

    private static Decision refused(Decision.Reason reason) {
        return new Decision.Refused(reason);
    }

    @Test
    void anAuthorsCommandIsHandedOutOnceAndItsAnswerIsKept() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        add(OURS, reply("jo@x.org", "patchoscope: base v6.18").with(PROOF).read());

        CommandQueue.Order order = take().orElseThrow();
        assertThat(order.decision()).isEqualTo(new Decision.Accepted(Decision.Right.AUTHOR));
        assertThat(order.written().command()).isEqualTo(new Command.Base("v6.18"));
        assertThat(order.found().orElseThrow().series().root().value()).isEqualTo("1@x");
        assertThat(take()).isEmpty();
        close();
        open();
        assertThat(take()).isEmpty();
        store.commands().finish(order.key(), CommandQueue.State.DONE, "on v6.18: see the page");
        store.commands().finish(order.key(), CommandQueue.State.FAILED, "too late");
        assertThat(store.commands().list(9)).singleElement().satisfies(line -> {
            assertThat(line.state()).isEqualTo(CommandQueue.State.DONE);
            assertThat(line.answer()).isEqualTo("on v6.18: see the page");
            assertThat(line.reason()).isEqualTo("AUTHOR");
            assertThat(line.sender()).isEqualTo("jo@x.org");
        });
        assertThat(store.commands().inThread(order.mail().id())).hasSize(1);
        assertThat(store.commands().inThread(new org.patchoscope.mail.MessageId("1@x")))
                .hasSize(1);
    }

    @Test
    void whatWasHandedOutToOneThatDiedIsFoundAgainAsItWas() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        add(
                OURS,
                reply("jo@x.org", "patchoscope: rerun\npatchoscope: fly")
                        .with(PROOF)
                        .read());
        CommandQueue.Order rerun = take().orElseThrow();
        CommandQueue.Order fly = take().orElseThrow();
        close();
        open();
        assertThat(store.commands().unfinished())
                .extracting(
                        CommandQueue.Order::key,
                        CommandQueue.Order::decision,
                        o -> o.written().text())
                .containsExactly(
                        tuple(rerun.key(), new Decision.Accepted(Decision.Right.AUTHOR), "rerun"),
                        tuple(fly.key(), refused(Decision.Reason.UNCLEAR), "fly"));
        assertThat(store.commands().unfinished())
                .allSatisfy(
                        o -> assertThat(o.found().orElseThrow().series().root().value())
                                .isEqualTo("1@x"));
        store.commands().finish(rerun.key(), CommandQueue.State.DONE, "is reviewed again");
        store.commands().finish(fly.key(), CommandQueue.State.REFUSED, "not understood");
        assertThat(store.commands().unfinished()).isEmpty();
        assertThat(store.commands().list(9))
                .extracting(CommandQueue.Line::answer)
                .containsExactly("not understood", "is reviewed again");
    }

    @Test
    void copiesOfAMailAreOneCommand() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        add(OURS, reply("jo@x.org", "patchoscope: rerun").with(PROOF).read());
        add(
                "list",
                reply("jo@x.org", "patchoscope: rerun")
                        .with("List-Id: <l.x.org>")
                        .read());
        assertThat(take()).isPresent();
        assertThat(take()).isEmpty();
        add(
                "other",
                reply("jo@x.org", "patchoscope: rerun")
                        .with("List-Id: <m.x.org>")
                        .read());
        assertThat(take()).isEmpty();
        assertThat(store.commands().list(9)).hasSize(1);
    }

    @Test
    void maintainersAndConfiguredAddressesMayAndOthersMayNot() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        add(OURS, reply("mary@x.org", "patchoscope: rerun").with(PROOF).read());
        assertThat(take().orElseThrow().decision()).isEqualTo(new Decision.Accepted(Decision.Right.MAINTAINER));
        add(
                OURS,
                Mail.of("s@x", "Re: one")
                        .from("Al@X.org")
                        .answers("1@x")
                        .with(PROOF)
                        .body("patchoscope: stop\n")
                        .read());
        assertThat(take(POLICY.allowing(Set.of("al@x.org"))).orElseThrow().decision())
                .isEqualTo(new Decision.Accepted(Decision.Right.CONFIGURED));
        add(
                OURS,
                Mail.of("t@x", "Re: one")
                        .from("al@x.org")
                        .answers("1@x")
                        .with(PROOF)
                        .body("patchoscope: stop\n")
                        .read());
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.NOT_ALLOWED));
        assertThat(take()).isEmpty();
    }

    @Test
    void whoAddsAPartOrACoverToASeriesIsNotItsAuthor() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH 1/2] one"), Mail.patch("2@x", "[PATCH 2/2] two", "1@x"));
        add(
                "list",
                Mail.of("0@x", "[PATCH 0/2] all")
                        .from("eve@x.org")
                        .answers("1@x")
                        .body("Cover.\n")
                        .read());
        add(OURS, reply("eve@x.org", "patchoscope: stop").with(PROOF).read());
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.NOT_ALLOWED));
        add(
                OURS,
                Mail.of("j@x", "Re: one")
                        .answers("2@x")
                        .with(PROOF)
                        .body("patchoscope: rerun\n")
                        .read());
        assertThat(take().orElseThrow().decision()).isEqualTo(new Decision.Accepted(Decision.Right.AUTHOR));
    }

    @Test
    void anUnprovenSenderWaitsForACopyThatProvesHim() throws Exception {
        add(
                "list",
                Mail.patch("1@x", "[PATCH] one"),
                reply("jo@x.org", "patchoscope: rerun").read());
        assertThat(take()).isEmpty();
        add(OURS, reply("jo@x.org", "patchoscope: rerun").with(PROOF).read());
        assertThat(take().orElseThrow().decision()).isEqualTo(new Decision.Accepted(Decision.Right.AUTHOR));
    }

    @Test
    void whatOnlyPretendsToBeProvenIsRefusedAndTheTrueMailUnderItsIdIsNot() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        // The field names our server, but came through the archive, where anybody can write it.
        add("list", reply("jo@x.org", "patchoscope: stop").with(PROOF).read());
        add("list", reply("eve@x.org", "patchoscope: rerun").with(PROOF).read());
        assertThat(take()).isEmpty();
        now = now.plus(Duration.ofHours(2));
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.UNPROVEN_SENDER));
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.UNPROVEN_SENDER));
        add(OURS, reply("jo@x.org", "patchoscope: rerun").with(PROOF).read());
        assertThat(take().orElseThrow().decision()).isEqualTo(new Decision.Accepted(Decision.Right.AUTHOR));
    }

    @Test
    void byDefaultNobodyIsBelieved() throws Exception {
        add(
                "list",
                Mail.patch("1@x", "[PATCH] one"),
                reply("jo@x.org", "patchoscope: rerun").with(PROOF).read());
        now = now.plus(Duration.ofHours(2));
        assertThat(take(CommandPolicy.DEFAULT).orElseThrow().decision())
                .isEqualTo(refused(Decision.Reason.UNPROVEN_SENDER));
    }

    @Test
    void aCommandWaitsForItsSeriesWhichMayComeLater() throws Exception {
        add(OURS, reply("jo@x.org", "patchoscope: rerun").with(PROOF).read());
        assertThat(take()).isEmpty();
        add("list", Mail.patch("1@x", "[PATCH] one"));
        assertThat(take()).isPresent();
        add(
                OURS,
                Mail.of("q@x", "Re: other")
                        .answers("o@x")
                        .with(PROOF)
                        .body("patchoscope: rerun\n")
                        .read());
        now = now.plus(Duration.ofHours(2));
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.NO_SERIES));
    }

    /** An mbox records no arrivals. */
    @Test
    void whereNobodyKnowsWhenAMailCameItsDateCounts() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        byte[] mail = reply("jo@x.org", "patchoscope: rerun").with(PROOF).read().raw();
        var arrival = new Arrival(mail, Arrival.Change.ADDED, Instant.EPOCH, false, "p");
        store.write(OURS, PreparedMail.all(List.of(arrival)), "p");
        assertThat(take().orElseThrow().decision()).isEqualTo(new Decision.Accepted(Decision.Right.AUTHOR));
    }

    @Test
    void anOldArchiveStartsNothing() throws Exception {
        now = WRITTEN.plus(Duration.ofDays(15));
        add(
                OURS,
                Mail.patch("1@x", "[PATCH] one"),
                reply("jo@x.org", "patchoscope: rerun").with(PROOF).read());
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.TOO_OLD));
    }

    @Test
    void moreThanADaysShareIsRefusedUntilTomorrow() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        add(
                OURS,
                reply("jo@x.org", "patchoscope: rerun\n".repeat(20).strip())
                        .with(PROOF)
                        .read());
        add(
                OURS,
                Mail.of("m@x", "Re: one")
                        .answers("1@x")
                        .with(PROOF)
                        .body("patchoscope: stop\n")
                        .read());
        for (int i = 0; i < 20; i++) {
            assertThat(take().orElseThrow().decision()).isInstanceOf(Decision.Accepted.class);
        }
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.TOO_MANY));
        now = now.plus(Duration.ofHours(25));
        add(
                OURS,
                Mail.of("n@x", "Re: one")
                        .answers("1@x")
                        .with(PROOF)
                        .body("patchoscope: stop\n")
                        .read());
        assertThat(take().orElseThrow().decision()).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void whatIsNoCommandIsToldToWhoMayCommandAndToNobodyElse() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        add(OURS, reply("jo@x.org", "patchoscope: make coffee").with(PROOF).read());
        CommandQueue.Order order = take().orElseThrow();
        assertThat(order.decision()).isEqualTo(refused(Decision.Reason.UNCLEAR));
        assertThat(Decision.Reason.UNCLEAR.tellByMail()).isTrue();
        assertThat(Decision.Reason.UNPROVEN_SENDER.tellByMail()).isFalse();
    }

    @Test
    void aWithdrawnMailCommandsNothing() throws Exception {
        add("list", Mail.patch("1@x", "[PATCH] one"));
        Message mail = reply("jo@x.org", "patchoscope: rerun").with(PROOF).read();
        add(OURS, mail);
        add(OURS, Arrival.Change.WITHDRAWN, mail);
        assertThat(take().orElseThrow().decision()).isEqualTo(refused(Decision.Reason.WITHDRAWN));
    }

    @Test
    void aReplyToAnOlderVersionMeansThatVersion() throws Exception {
        add(
                "list",
                Mail.patch("1@x", "[PATCH] one"),
                Mail.patch("2@x", "[PATCH v2] one", "1@x"),
                Mail.cover("c@x", "Re: [PATCH] one", "1@x"));
        add(
                OURS,
                Mail.of("r@x", "Re: [PATCH] one")
                        .answers("c@x")
                        .with(PROOF)
                        .body("patchoscope: rerun\n")
                        .read());
        add(
                OURS,
                Mail.of("s@x", "Re: [PATCH] one")
                        .answers("gone@x")
                        .with("References: <1@x> <gone@x>")
                        .with(PROOF)
                        .body("patchoscope: rerun\n")
                        .read());
        assertThat(take().orElseThrow().found().orElseThrow().series().version())
                .isEqualTo(1);
        assertThat(take().orElseThrow().found().orElseThrow().series().version())
                .isEqualTo(1);
    }
}
