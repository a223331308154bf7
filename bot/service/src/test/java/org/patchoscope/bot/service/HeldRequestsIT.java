// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who has no token takes no memory and no connection for long: tried on a process with little of both. */
@Timeout(240)
class HeldRequestsIT {
    private static final int LARGE = 31 << 20;

    @TempDir
    private Path home;

    private PackagedProgram program = new PackagedProgram(Path.of("nowhere"));
    private @org.jspecify.annotations.Nullable Process process;
    private int port;

    @BeforeEach
    void begin() throws Exception {
        PackagedProgram.assumeThere();
        program = new PackagedProgram(home.resolve("log"));
        port = PackagedProgram.freePort();
        process = program.start(
                "-Xmx384m",
                Map.of(
                        "PATCHOSCOPE_STORE", home.resolve("mail").toString(),
                        "PATCHOSCOPE_SERVICE_TOKENS", "a-token-for-this-test",
                        "PATCHOSCOPE_SERVICE_DEMO", "false"),
                List.of("serve", "--data", home.toString(), "--port", Integer.toString(port)));
        PackagedProgram.awaitUp(URI.create("http://localhost:" + port));
    }

    @AfterEach
    void end() throws Exception {
        java.util.Objects.requireNonNull(process).destroy();
        assertThat(java.util.Objects.requireNonNull(process).waitFor(60, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void largeBodiesWithoutATokenAreNotKept() throws Exception {
        List<Thread> uploads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            uploads.add(Thread.ofVirtual().start(this::holdUpload));
        }
        Thread.sleep(5_000);
        assertThat(status()).isEqualTo(200);
        for (Thread upload : uploads) {
            upload.join(Duration.ofSeconds(30));
        }
        assertThat(status()).isEqualTo(200);
        assertThat(java.util.Objects.requireNonNull(process).isAlive()).isTrue();
        assertThat(program.written()).doesNotContain("OutOfMemory", "ERROR");
    }

    private void holdUpload() {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: " + LARGE + "\r\nContent-Type: application/mbox\r\n\r\n"));
            byte[] part = new byte[1 << 16];
            for (int sent = 0; sent < LARGE - part.length; sent += part.length) {
                out.write(part);
            }
            out.flush();
            Thread.sleep(15_000);
        } catch (IOException | InterruptedException e) {
            // Closed by the service, which is as well.
            return;
        }
    }

    @Test
    void headsThatDripAreNotWaitedFor() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Socket socket = new Socket("localhost", port);
            socket.getOutputStream().write(head(""));
            slow.add(socket);
        }
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        int open = slow.size();
        while (open > 0 && System.nanoTime() < until) {
            Thread.sleep(2_000);
            open = 0;
            for (Socket socket : slow) {
                open += drips(socket) ? 1 : 0;
            }
        }
        assertThat(open).isZero();
        assertThat(status()).isEqualTo(200);
        for (Socket socket : slow) {
            socket.close();
        }
        assertThat(program.written()).doesNotContain("ERROR");
    }

    private static boolean drips(Socket socket) {
        try {
            socket.getOutputStream().write("X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private byte[] head(String rest) {
        return ("POST /api/submit HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + rest)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private int status() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/status"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
