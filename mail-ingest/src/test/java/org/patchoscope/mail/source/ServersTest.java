// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.patchoscope.mail.mbox.MailInputException;

/** IMAP and NNTP, against servers in this process. */
@Timeout(180)
final class ServersTest {
    private static MailFeed open(String address, String password) throws Exception {
        return new MailFeeds(Path.of("nowhere"), InputStream.nullInputStream(), password).open(address);
    }

    private static List<Arrival> read(MailFeed feed, String position) throws Exception {
        List<Arrival> seen = new ArrayList<>();
        feed.read(position, seen::add);
        return seen;
    }

    private static String text(Arrival arrival) {
        return new String(arrival.raw(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    private static String mail(String id) {
        return "Message-ID: <" + id + ">\nFrom: a@x.org\nSubject: " + id + "\n\n.dot\n\u00e4\n";
    }

    private static void deliver(GreenMailUser user, String mail) throws Exception {
        user.deliver(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Test
    void anImapFolderIsReadOnFromItsLastUidAndSaysWhenThereIsMore() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        GreenMailUser user = server.setUser("jo@x.org", "jo", "secret");
        deliver(user, mail("a@x"));
        deliver(user, mail("b@x"));
        String address = "imap://jo@127.0.0.1:" + server.getImap().getPort() + "/INBOX";
        try (MailFeed feed = open(address, "secret")) {
            List<Arrival> first = read(feed, "");
            assertThat(first).extracting(ServersTest::text).containsExactly(mail("a@x"), mail("b@x"));
            String position = first.getLast().position();
            assertThat(read(feed, position)).isEmpty();
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(500);
                    deliver(user, mail("c@x"));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            long start = System.nanoTime();
            feed.awaitNews(Duration.ofMinutes(2));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(100));
            assertThat(read(feed, position)).extracting(ServersTest::text).containsExactly(mail("c@x"));
            // Another UIDVALIDITY: all numbers are others.
            assertThat(read(feed, "7 2")).hasSize(3);
            assertThat(server.getReceivedMessages()).allMatch(m -> !isSeen(m));
        } finally {
            server.stop();
        }
    }

    private static boolean isSeen(MimeMessage message) {
        try {
            return message.isSet(jakarta.mail.Flags.Flag.SEEN);
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRefusedLoginIsNamedWithoutThePassword() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        server.setUser("jo@x.org", "jo", "secret");
        try (MailFeed feed = open("imap://jo@127.0.0.1:" + server.getImap().getPort() + "/INBOX", "wrong")) {
            assertThatThrownBy(() -> read(feed, ""))
                    .isInstanceOf(MailInputException.class)
                    .hasMessageContaining("refuses the login")
                    .hasMessageNotContaining("wrong");
        } finally {
            server.stop();
        }
    }

    @Test
    void aNewsGroupIsReadOnFromItsLastArticle() throws Exception {
        try (NewsServer server = new NewsServer();
                MailFeed feed = open(server.address(), "")) {
            server.put(3, mail("a@x"));
            server.put(5, mail("b@x"));
            List<Arrival> first = read(feed, "");
            assertThat(first).extracting(ServersTest::text).containsExactly(mail("a@x"), mail("b@x"));
            server.put(6, mail("c@x"));
            assertThat(read(feed, first.getLast().position()))
                    .extracting(ServersTest::text)
                    .containsExactly(mail("c@x"));
            assertThat(read(feed, "999")).hasSize(3);
            assertThatThrownBy(() -> read(open(server.address() + ".other", ""), ""))
                    .isInstanceOf(MailInputException.class)
                    .hasMessageContaining("no such group");
        }
    }
}
