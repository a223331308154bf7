// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.net.MalformedServerReplyException;
import org.apache.commons.net.nntp.NNTPClient;
import org.apache.commons.net.nntp.NewsgroupInfo;
import org.patchoscope.mail.mbox.MailInputException;

/**
 * A group on a news server (RFC 3977), as public-inbox servers offer lists. The position is the number of the last
 * article; where the group ends before it, articles were numbered anew and the group is read again.
 */
final class NntpFeed implements MailFeed {
    static final String EXAMPLE = "nntp://news.example.org/org.example.list";
    private static final int PORT = 119;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final ServerAddress address;

    NntpFeed(ServerAddress address) {
        this.address = address;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public void read(String position, Sink sink) throws IOException, MailInputException {
        NNTPClient client = new NNTPClient();
        // One character per byte: articles are bytes.
        client.setCharset(StandardCharsets.ISO_8859_1);
        client.setConnectTimeout(TIMEOUT_MILLIS);
        client.setDefaultTimeout(TIMEOUT_MILLIS);
        try {
            client.connect(address.host(), address.port() < 0 ? PORT : address.port());
            client.setSoTimeout(TIMEOUT_MILLIS);
            NewsgroupInfo group = new NewsgroupInfo();
            if (!client.selectNewsgroup(address.box(), group)) {
                throw new MailInputException(
                        MailInputException.Kind.UNREADABLE,
                        "the server has no such group ("
                                + client.getReplyString().strip() + ")",
                        name(),
                        "check the group's name: " + EXAMPLE);
            }
            deliver(client, group, position, sink);
            client.quit();
        } finally {
            if (client.isConnected()) {
                client.disconnect();
            }
        }
    }

    private static void deliver(NNTPClient client, NewsgroupInfo group, String position, Sink sink) throws IOException {
        long last = position.matches("\\d{1,18}") ? Long.parseLong(position) : 0;
        long from = last > group.getLastArticleLong() ? 0 : last;
        for (long n = Math.max(group.getFirstArticleLong(), from + 1); n <= group.getLastArticleLong(); n++) {
            // Numbers of cancelled articles have none.
            Optional<Arrival> arrival = Optional.empty();
            try (Reader article = client.retrieveArticle(n)) {
                if (article != null) {
                    arrival = Optional.of(arrival(article, n));
                }
            } catch (MalformedServerReplyException e) {
                sink.unreadable("article " + n + " (" + e.getMessage() + ")");
            }
            if (arrival.isPresent()) {
                sink.accept(arrival.get());
            }
        }
    }

    private static Arrival arrival(Reader article, long number) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        boolean cut = false;
        char[] buffer = new char[8192];
        for (int n = article.read(buffer); n >= 0; n = article.read(buffer)) {
            int room = Math.min(n, MailLimits.MOST_BYTES - raw.size());
            cut |= room < n;
            raw.write(new String(buffer, 0, room).getBytes(StandardCharsets.ISO_8859_1), 0, room);
        }
        return new Arrival(raw.toByteArray(), Arrival.Change.ADDED, Instant.EPOCH, cut, String.valueOf(number));
    }

    @Override
    public void close() {
        // A connection lives for one reading.
    }
}
