// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is asked to end during a review, as a supervisor asks. */
@Timeout(300)
class StopIT {
    @TempDir
    private Path home;

    @BeforeEach
    void assumePackaged() {
        PackagedProgram.assumeThere();
    }

    @Test
    void aReviewUnderWayWaitsAgainAndIsMadeByTheNextProcess() throws Exception {
        PackagedProgram first = new PackagedProgram(home.resolve("first"));
        Process process = serve(first, PackagedProgram.freePort());
        await(first, "review begins");
        long start = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(first.written())
                .contains("series 1: review ended; it waits again")
                .doesNotContain("Exception", "already closed");

        PackagedProgram second = new PackagedProgram(home.resolve("second"));
        int port = PackagedProgram.freePort();
        Process next = serve(second, port);
        try {
            await(second, "series 1: review 1");
            HttpRequest page = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/r/1"))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                assertThat(client.send(page, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(200);
            }
        } finally {
            next.destroy();
            assertThat(next.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(second.written()).contains("attempt 2").doesNotContain("Exception");
    }

    private Process serve(PackagedProgram program, int port) throws Exception {
        return program.start(
                Map.of("PATCHOSCOPE_STORE", home.resolve("mail").toString()),
                List.of("serve", "--data", home.resolve("data").toString(), "--port", Integer.toString(port)));
    }

    private static void await(PackagedProgram program, String text) throws Exception {
        for (int i = 0; i < 1_200 && !program.written().contains(text); i++) {
            Thread.sleep(100);
        }
        assertThat(program.written()).contains(text);
    }
}
