// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.mbox.MailInputException;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Every kind of source: what it delivers, and where it goes on. */
final class FeedsTest {
    private static final String FROM = "From mboxrd@z Thu Jan  1 00:00:00 1970\n";

    @TempDir
    private Path folder;

    private static String mail(String id) {
        return "Message-ID: <" + id + ">\nFrom: a@x.org\nSubject: " + id + "\n\ntext of " + id + "\n";
    }

    private MailFeed open(String source) throws Exception {
        return new MailFeeds(folder.resolve("copies"), InputStream.nullInputStream(), "").open(source);
    }

    /** What a source has after a position: changes and subjects, then the position to go on from. */
    private static List<String> read(MailFeed feed, String position) throws Exception {
        List<String> seen = new ArrayList<>();
        String[] last = {position};
        feed.read(position, a -> {
            String text = new String(a.raw(), StandardCharsets.UTF_8);
            seen.add((a.change() == Arrival.Change.WITHDRAWN ? "-" : "")
                    + text.substring(text.indexOf("Subject: ") + 9, text.indexOf("\n\n")));
            last[0] = a.position();
        });
        seen.add(last[0]);
        return seen;
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "address"})
    void aPublicInboxIsReadOnFromItsLastCommitThroughItsEpochs(String how) throws Exception {
        Path archive = folder.resolve("list");
        try (Inbox zero = Inbox.create(archive.resolve("git/0.git"))) {
            zero.add(mail("a@x")).add(mail("b@x")).withdraw(mail("b@x"));
            String source = how.equals("address") ? archive.toUri().toString() : archive.toString();
            MailFeed feed = open(source);
            List<String> first = read(feed, "");
            assertThat(first).startsWith("a@x", "b@x", "-b@x").hasSize(4);
            zero.add(mail("c@x"));
            try (Inbox one = Inbox.create(archive.resolve("git/1.git"))) {
                one.add(mail("d@x"));
                List<String> second = read(open(source), first.getLast());
                assertThat(second).startsWith("c@x", "d@x").hasSize(3);
                assertThat(read(open(source), second.getLast())).hasSize(1);
            }
        }
    }

    /** A clone with a blob filter, a damaged disk: the mails that are there come. */
    @Test
    void aMailWhoseBlobIsMissingOrDamagedIsNamedAndStopsNoOther() throws Exception {
        Path git = folder.resolve("0.git");
        try (Inbox inbox = Inbox.create(git)) {
            inbox.add(mail("a@x")).add(mail("b@x")).add(mail("c@x")).add(mail("d@x"));
            Files.delete(loose(git, mail("b@x")));
            Path damaged = loose(git, mail("c@x"));
            Files.delete(damaged);
            Files.writeString(damaged, "no object");
            List<String> delivered = new ArrayList<>();
            List<String> unreadable = new ArrayList<>();
            open(git.toString()).read("", new MailFeed.Sink() {
                @Override
                public void accept(Arrival arrival) {
                    delivered.add(new String(arrival.raw(), StandardCharsets.UTF_8));
                }

                @Override
                public void unreadable(String what) {
                    unreadable.add(what);
                }
            });
            assertThat(delivered).containsExactly(mail("a@x"), mail("d@x"));
            assertThat(unreadable).hasSize(2).allMatch(u -> u.matches("the mail of commit [0-9a-f]{40} .*"));
        }
    }

    private static Path loose(Path git, String content) {
        String id = new ObjectInserter.Formatter()
                .idFor(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8))
                .name();
        return git.resolve("objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    /** Real epochs have committers in the zone +2000, which is nowhere; the time itself is right. */
    @ParameterizedTest
    @ValueSource(strings = {"+2000", "-2400", "+9999", "+0000"})
    void clocksInZonesThatDoNotExistAreRead(String zone) throws Exception {
        List<Instant> arrived = new ArrayList<>();
        try (Inbox inbox = Inbox.create(folder.resolve("0.git"))) {
            inbox.addAt("1780000000 " + zone, mail("a@x")).addAt("4102444800 " + zone, mail("b@x"));
            open(folder.resolve("0.git").toString()).read("", a -> arrived.add(a.arrived()));
        }
        assertThat(arrived)
                .containsExactly(Instant.ofEpochSecond(1_780_000_000L), Instant.parse("2100-01-01T00:00:00Z"));
    }

    @Test
    void aRewrittenHistoryIsReadAgain() throws Exception {
        try (Inbox inbox = Inbox.create(folder.resolve("0.git"))) {
            inbox.add(mail("a@x")).add(mail("spam@x")).add(mail("b@x"));
            MailFeed feed = open(folder.resolve("0.git").toString());
            String position = read(feed, "").getLast();
            inbox.rewrite().add(mail("a@x")).add(mail("b@x")).add(mail("c@x"));
            assertThat(read(feed, position)).startsWith("a@x", "b@x", "c@x").hasSize(4);
            assertThat(read(feed, "0=0123456789012345678901234567890123456789")).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz", ".xz"})
    void anMboxIsReadOnWhereItHasGrown(String packed) throws Exception {
        Path file = folder.resolve("list.mbox" + packed);
        String two = FROM + mail("a@x") + "\n" + FROM + mail("b@x") + ">From here\n\n";
        Files.write(file, pack(two, packed));
        List<String> first = read(open(file.toString()), "");
        assertThat(first).startsWith("a@x", "b@x").hasSize(3);
        Files.write(file, pack(two + FROM + mail("c@x") + "\n", packed));
        List<String> second = read(open(file.toString()), first.getLast());
        assertThat(second).startsWith("c@x").hasSize(2);
        Files.write(file, pack(FROM + mail("z@x") + "\n" + two, packed));
        assertThat(read(open(file.toString()), second.getLast())).startsWith("z@x", "a@x", "b@x");
    }

    private static byte[] pack(String text, String how) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packer = switch (how) {
            case ".gz" -> new GZIPOutputStream(out);
            case ".xz" -> new XZOutputStream(out, new LZMA2Options(1));
            default -> out;
        }) {
            packer.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void standardInputIsAnMboxOrAMail() throws Exception {
        for (String text : List.of(FROM + mail("a@x") + "\n", mail("a@x"))) {
            InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            assertThat(read(new MailFeeds(folder, in, "").open("-"), ""))
                    .first()
                    .isEqualTo("a@x");
        }
        InputStream noMail = new ByteArrayInputStream("diff --git a/x b/x\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(new MailFeeds(folder, noMail, "").open("-"), ""))
                .isInstanceOf(MailInputException.class)
                .hasMessageContaining("neither like an mbox nor like a mail");
    }

    @Test
    void aMaildirDeliversNewAndMovedMail() throws Exception {
        Path incoming = Files.createDirectories(folder.resolve("Mail/new"));
        Path read = Files.createDirectories(folder.resolve("Mail/cur"));
        Files.writeString(incoming.resolve("1.a"), mail("a@x"));
        Files.writeString(read.resolve("0.b:2,S"), mail("b@x"));
        MailFeed feed = open(folder.resolve("Mail").toString());
        List<String> first = read(feed, "");
        assertThat(first).contains("a@x", "b@x").hasSize(3);
        Files.writeString(incoming.resolve("2.c"), mail("c@x"), StandardOpenOption.CREATE_NEW);
        assertThat(read(feed, first.getLast())).contains("c@x");
    }

    @Test
    void aPlaceWithoutMailIsNamedWithAdvice() {
        assertThatThrownBy(() -> open(folder.toString()))
                .isInstanceOfSatisfying(
                        MailInputException.class, e -> assertThat(e.advice()).contains("give a Maildir"));
        assertThatThrownBy(() -> open(folder.resolve("nothing").toString())).isInstanceOf(MailInputException.class);
        assertThatThrownBy(() -> read(open(folder.resolve("nothing").toUri().toString()), ""))
                .isInstanceOf(MailInputException.class)
                .hasMessageContaining("no archive can be fetched");
    }
}
