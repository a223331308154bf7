// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.patchwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.patchoscope.bot.checks.Checks;
import org.patchoscope.bot.store.CheckStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCheck;
import org.patchoscope.bot.store.TestDatabase;

/** Against a server that answers as Patchwork's documentation says, well and badly. */
@Timeout(60)
class PatchworkTest {
    private static final String LIST = "list@lists.example.org";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Database database;
    private final SeriesStore series;
    private final ReviewStore reviews;
    private final CheckStore store;
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private int status = 201;
    private boolean slow;
    private String patches = "[]";

    PatchworkTest() throws IOException {
        database = kind().open();
        series = new SeriesStore(database, Clock.systemUTC());
        reviews = new ReviewStore(database, Clock.systemUTC());
        store = new CheckStore(database, Clock.systemUTC());
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 5);
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @BeforeEach
    void serve() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pw/api/patches/", this::answer);
        server.start();
        patches = """
                [{"id": 7, "project": {"list_email": "%s"}}, {"id": 8, "project": {"list_email": "other@x"}}]
                """.formatted(LIST);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        database.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(exchange.getRequestMethod() + " " + path);
        String answer = "[]";
        int code = 200;
        if (exchange.getRequestMethod().equals("POST")) {
            code = status;
            if (code == 201) {
                posted.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
        } else if (path.contains("?msgid=")) {
            code = status == 500 ? 500 : 200;
            answer = patches;
        } else {
            answer = "["
                    + String.join(
                            ",",
                            posted.stream()
                                    .map(p -> p.substring(p.indexOf('{')))
                                    .toList()) + "]";
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        try (exchange) {
            for (byte b : bytes) {
                exchange.getResponseBody().write(b);
                if (slow) {
                    exchange.getResponseBody().flush();
                    Thread.sleep(100);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aReviewedPatchGetsACheckInTheProjectOfItsListOnce() throws Exception {
        review("entry: Tidy up");
        assertThat(checks(LIST).post()).isEqualTo(1);
        assertThat(checks(LIST).post()).isZero();
        assertThat(asked.getFirst()).startsWith("GET /pw/api/patches/?msgid=").contains("%40example.org");
        assertThat(asked).anyMatch(a -> a.equals("POST /pw/api/patches/7/checks/"));
        String only = posted.getFirst();
        assertThat(only).startsWith("Token secret ");
        JsonNode body = MAPPER.readTree(only.substring("Token secret ".length()));
        assertThat(body.get("state").asText()).isEqualTo("success");
        assertThat(body.get("context").asText()).isEqualTo("patchoscope");
        assertThat(body.get("target_url").asText()).isEqualTo("https://bot.example.org/r/1#patch-1");
        assertThat(body.get("description").asText()).isEqualTo("no change of behaviour found");
        assertThat(store.count(StoredCheck.State.POSTED)).isEqualTo(1);
    }

    @Test
    void aListThatIsNotNamedAndAnOldArchiveGetNothing() throws Exception {
        review("entry: Tidy up");
        assertThat(checks("other@x").post()).isZero();
        long old = series.add(Fixtures.series("entry: Of September", 1)).id();
        reviews.add(old, Fixtures.demoReview());
        assertThat(checks(LIST).post()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void aServerThatIsNotWellIsAskedAgainLater() throws Exception {
        review("entry: Tidy up");
        status = 500;
        assertThat(checks(LIST).post()).isZero();
        assertThat(one().state()).isEqualTo(StoredCheck.State.QUEUED);
        assertThat(one().problem()).isEqualTo("patches/: HTTP status 500");
        status = 201;
        assertThat(checks(LIST).post()).as("not at once").isZero();
        assertThat(later(Duration.ofMinutes(2)).post()).isEqualTo(1);
    }

    @Test
    void aServerThatIsSlowHoldsNobodyUp() throws Exception {
        review("entry: Tidy up");
        slow = true;
        long start = System.nanoTime();
        assertThat(checks(LIST).post()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(one().problem()).contains("does not answer");
        server.stop(0);
        assertThat(later(Duration.ofMinutes(2)).post()).isZero();
        assertThat(one().state()).isEqualTo(StoredCheck.State.QUEUED);
    }

    @Test
    void aWrongTokenIsSaidAndNotTriedForEver() throws Exception {
        review("entry: Tidy up");
        status = 403;
        assertThat(checks(LIST).post()).isZero();
        assertThat(one().state()).isEqualTo(StoredCheck.State.REFUSED);
        assertThat(one().problem())
                .isEqualTo("the check was not taken: HTTP status 403")
                .doesNotContain("secret");
        assertThat(store.notPosted(9)).hasSize(1);
    }

    @Test
    void aPatchThatPatchworkDoesNotKnowYetIsLookedForForDays() throws Exception {
        review("entry: Tidy up");
        String known = patches;
        patches = "[]";
        assertThat(checks(LIST).post()).isZero();
        patches = known;
        assertThat(later(Duration.ofMinutes(2)).post()).isEqualTo(1);
        review("entry: Never known");
        patches = "[]";
        for (int i = 0; i < 12; i++) {
            later(Duration.ofDays(1 + i)).post();
        }
        assertThat(store.count(StoredCheck.State.UNKNOWN)).isEqualTo(1);
    }

    /** It posted, and died before it could note that. */
    @Test
    void whatADeadProcessPostedIsNotPostedAgain() throws Exception {
        review("entry: Tidy up");
        checks(LIST).post();
        database.transact(
                c -> new org.patchoscope.bot.store.Sql(c).update("update patchwork_check set state = 'SENDING'"));
        assertThat(checks(LIST).post()).as("it may be alive").isZero();
        assertThat(later(Duration.ofMinutes(11)).post()).isEqualTo(1);
        assertThat(posted).hasSize(1);
    }

    @Test
    void twoProcessesPostOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            review("entry: Tidy up " + i);
        }
        List<Thread> both = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            both.add(Thread.ofPlatform().start(() -> {
                try {
                    checks(LIST).post();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread t : both) {
            t.join();
        }
        assertThat(posted).hasSize(5);
    }

    @Test
    void aTokenNeedsHttps() {
        assertThatThrownBy(() ->
                        new Patchwork.Server(URI.create("http://pw.example.org"), "t", "c", Duration.ofSeconds(1)))
                .hasMessageContaining("https");
    }

    private StoredCheck one() {
        return store.ofReview(1).getFirst();
    }

    private void review(String title) {
        String now = java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().atOffset(java.time.ZoneOffset.UTC));
        long id = series.add(Fixtures.mailed(
                        Fixtures.mail(title, 1, "kernel/entry/common.c").replaceFirst("Date: .*", "Date: " + now)))
                .id();
        reviews.add(
                id,
                Fixtures.review(
                        org.patchoscope.bot.review.Review.Verdict.EQUIVALENT,
                        org.patchoscope.bot.review.Review.Verdict.EQUIVALENT));
    }

    private PatchworkChecks checks(String list) {
        return checks(list, store);
    }

    private PatchworkChecks later(Duration by) {
        return checks(LIST, new CheckStore(database, Clock.offset(Clock.systemUTC(), by)));
    }

    private PatchworkChecks checks(String list, CheckStore in) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/pw/");
        return new PatchworkChecks(
                new Patchwork(new Patchwork.Server(address, "secret", "patchoscope", Duration.ofSeconds(2))),
                List.of(list.toUpperCase(java.util.Locale.ROOT)),
                new PatchworkChecks.Data(
                        in, reviews, series, new CommandStore(database, Clock.systemUTC()), new Checks(reviews)),
                "https://bot.example.org");
    }
}
