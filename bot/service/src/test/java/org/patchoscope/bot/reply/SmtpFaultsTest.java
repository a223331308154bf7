// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;

/** What becomes of a mail when the server says no, later, or nothing at all; it is handed over at most once. */
class SmtpFaultsTest {
    /** Instead of an answer: the line is cut. */
    private static final String CUT = "";
    /** Instead of an answer: nothing, for as long as the client waits. */
    private static final String SILENCE = "\0";

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Database database = Fixtures.database();
    private final Outbox outbox = new Outbox(database, Clock.systemUTC());
    private final AtomicInteger handedOver = new AtomicInteger();
    private Optional<ServerSocket> socket = Optional.empty();
    private Duration pause = Duration.ZERO;

    @AfterEach
    void close() throws IOException {
        database.close();
        if (socket.isPresent()) {
            socket.get().close();
        }
    }

    @Test
    void aRefusalForEverIsFinal() throws Exception {
        assertThat(deliver(Map.of("RCPT", "550 nobody of that name"))).isEqualTo(ReplyState.REFUSED);
        assertThat(handedOver).hasValue(0);
    }

    @Test
    void aSenderThatIsRefusedForEverIsFinal() throws Exception {
        assertThat(deliver(Map.of("MAIL", "553 not from you"))).isEqualTo(ReplyState.REFUSED);
    }

    @Test
    void aRefusalForNowIsTriedAgainLater() throws Exception {
        assertThat(deliver(Map.of("RCPT", "451 come back later"))).isEqualTo(ReplyState.QUEUED);
        assertThat(outbox.due()).as("not at once").isEmpty();
        Outbox later = new Outbox(database, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));
        assertThat(later.due()).hasSize(1);
    }

    @Test
    void aRefusalOfWhatWasHandedOverIsTriedAgainLater() throws Exception {
        assertThat(deliver(Map.of(".", "452 the disk is full"))).isEqualTo(ReplyState.QUEUED);
    }

    @Test
    void aServerThatWantsNobodyLosesNothing() throws Exception {
        assertThat(deliver(Map.of("", "554 go away"))).isEqualTo(ReplyState.QUEUED);
        assertThat(outbox.due()).hasSize(1);
    }

    @Test
    void aLineThatIsCutAfterTheMailLeavesItToAPerson() throws Exception {
        assertThat(deliver(Map.of(".", CUT))).isEqualTo(ReplyState.UNCERTAIN);
        assertThat(handedOver).hasValue(1);
        assertThat(new Postman(outbox, server()).deliver()).isZero();
        assertThat(handedOver).as("not again").hasValue(1);
    }

    @Test
    void aServerThatSaysNothingHoldsNobodyUpAndLosesNothing() throws Exception {
        long start = System.nanoTime();
        assertThat(deliver(Map.of("", SILENCE))).isEqualTo(ReplyState.QUEUED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(outbox.due()).as("it was not taken").hasSize(1);
    }

    @Test
    void aServerThatFallsSilentAfterItHasTheMailLeavesItToAPerson() throws Exception {
        assertThat(deliver(Map.of(".", SILENCE))).isEqualTo(ReplyState.UNCERTAIN);
        assertThat(handedOver).hasValue(1);
        assertThat(new Postman(outbox, server(), PATIENCE).deliver()).isZero();
        assertThat(handedOver).as("not again").hasValue(1);
    }

    /** Slow, but not silent for as long as one waits. */
    @Test
    void aServerThatIsSlowGetsItsMailOnce() throws Exception {
        pause = Duration.ofMillis(600);
        assertThat(deliver(Map.of())).isEqualTo(ReplyState.SENT);
        assertThat(handedOver).hasValue(1);
    }

    @Test
    void ofAServerThatIsNotThereAllIsSentWhenItComes() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        QueuedMail.in(database);
        Postman.Server away = new Postman.Server("127.0.0.1", port, "", "", Postman.Tls.NONE);
        assertThat(new Postman(outbox, away, PATIENCE).deliver()).isZero();
        serve(Map.of());
        assertThat(new Postman(outbox, server(), PATIENCE).deliver()).isEqualTo(1);
    }

    /** One mail to such a server; where it is then. */
    private ReplyState deliver(Map<String, String> answers) throws Exception {
        long review = QueuedMail.in(database);
        serve(answers);
        new Postman(outbox, server(), PATIENCE).deliver();
        return outbox.ofReview(review).orElseThrow().state();
    }

    private Postman.Server server() {
        return new Postman.Server("127.0.0.1", socket.orElseThrow().getLocalPort(), "", "", Postman.Tls.NONE);
    }

    private void sleep() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Map<String, String> answers) throws IOException {
        ServerSocket listening = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        socket = Optional.of(listening);
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try (Socket client = listening.accept()) {
                    talk(client, answers);
                } catch (IOException e) {
                    if (!listening.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    /** SMTP as far as one mail needs it; answers are by command, the greeting's is that of no command. */
    private void talk(Socket client, Map<String, String> answers) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream();
        boolean data = false;
        String command = "";
        while (true) {
            if (!data) {
                String answer = answers.getOrDefault(command, command.equals("DATA") ? "354 go on" : "250 fine");
                if (command.isEmpty() && !answers.containsKey("")) {
                    answer = "220 hello";
                }
                if (answer.equals(CUT)) {
                    return;
                }
                if (answer.equals(SILENCE)) {
                    in.readLine();
                    return;
                }
                sleep();
                out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                data = command.equals("DATA");
            }
            String line = in.readLine();
            if (line == null || line.equals("QUIT")) {
                return;
            }
            if (data && line.equals(".")) {
                handedOver.incrementAndGet();
                data = false;
                command = ".";
            } else if (!data) {
                command = line.split(" ", 2)[0];
            }
        }
    }
}
