// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.bot.reply.QueuedMail;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/**
 * No secret is in what the packaged program writes, to its log, its pages or the screen, whatever is wrong with it and whatever
 * servers answer. Runs after packaging, where {@code patchoscope.packaged} says where the program is.
 */
@Timeout(180)
class SecretsIT {
    /** By variable of the environment; with characters that are written differently in addresses and in JSON. */
    private static final Map<String, String> SECRETS = Map.of(
            "PATCHOSCOPE_SERVICE_TOKENS", "tok-Zq8&'x/first",
            "PATCHOSCOPE_SERVICE_DATABASE_PASSWORD", "db-Zq8&'x/second",
            "PATCHOSCOPE_SERVICE_MAIL_PASSWORD", "smtp-Zq8&'x/third",
            "PATCHOSCOPE_SERVICE_STORE_PASSWORD", "store-Zq8&'x/fourth",
            "PATCHOSCOPE_STORE_PASSWORD", "store-Zq8&'x/fifth",
            "PATCHOSCOPE_IMAP_PASSWORD", "imap-Zq8&'x/sixth",
            "PATCHOSCOPE_SERVICE_OIDC_SECRET", "oidc-Zq8&'x/seventh-which-is-as-long-as-they-are",
            "PATCHOSCOPE_SERVICE_PATCHWORK_TOKEN", "patchwork-Zq8&'x/eighth");

    @TempDir
    private Path home;

    private final TellingServers servers = new TellingServers();

    SecretsIT() throws IOException {}

    @BeforeEach
    void begin() {
        PackagedProgram.assumeThere();
    }

    @AfterEach
    void end() throws Exception {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "DEBUG"})
    void aServiceWhoseServersRefuseItTellsNoSecret(String level) throws Exception {
        prepare();
        int port = PackagedProgram.freePort();
        Map<String, String> settings = new HashMap<>(Map.of(
                "QUARKUS_LOG_LEVEL",
                level,
                "PATCHOSCOPE_SERVICE_LOG_JSON",
                Boolean.toString(level.equals("INFO")),
                "PATCHOSCOPE_SERVICE_MAIL_HOST",
                "127.0.0.1",
                "PATCHOSCOPE_SERVICE_MAIL_PORT",
                Integer.toString(servers.smtp()),
                "PATCHOSCOPE_SERVICE_MAIL_TLS",
                "none",
                "PATCHOSCOPE_SERVICE_MAIL_USER",
                "bot"));
        settings.put("PATCHOSCOPE_SERVICE_OIDC_ENABLED", "true");
        settings.put("PATCHOSCOPE_SERVICE_OIDC_ISSUER", servers.http());
        settings.put("PATCHOSCOPE_SERVICE_OIDC_CLIENT", "pages");
        settings.put("PATCHOSCOPE_SERVICE_PATCHWORK_URL", servers.http() + "/patchwork");
        settings.put("PATCHOSCOPE_SERVICE_PATCHWORK_LISTS", "list@lists.example.org");
        settings.put(
                "PATCHOSCOPE_SERVICE_STORE_LOCATION", "jdbc:postgresql://127.0.0.1:" + servers.postgresql() + "/mail");
        settings.put("PATCHOSCOPE_SERVICE_STORE_USER", "bot");
        Process process = new PackagedProgram(home.resolve("log"))
                .start(with(settings), List.of("serve", "--data", home.toString(), "--port", Integer.toString(port)));
        try {
            String pages = visit(URI.create("http://localhost:" + port));
            awaitAsked("smtp", "postgresql", "http /token", "http /patchwork/api/patches/7/checks/");
            assertSecretsAreNotIn(pages, "pages");
        } finally {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
        String log = log();
        assertThat(log).contains("127.0.0.1:" + servers.smtp());
        assertSecretsAreNotIn(log, "the log");
    }

    @Test
    void aServiceThatDoesNotStartTellsNoSecret() throws Exception {
        String password = SECRETS.get("PATCHOSCOPE_SERVICE_DATABASE_PASSWORD");
        String address = "jdbc:postgresql://127.0.0.1:" + servers.postgresql() + "/reviews";
        for (String url : List.of(
                address,
                address + "?user=me&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8),
                "jdbc:postgres://me:" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@nowhere/reviews")) {
            fail(
                    Map.of("PATCHOSCOPE_SERVICE_DATABASE_URL", url),
                    "serve",
                    "--data",
                    home.toString(),
                    "--port",
                    Integer.toString(PackagedProgram.freePort()));
        }
        assertThat(servers.asked()).contains("postgresql");
        assertThat(log()).contains("the service does not start");
        assertSecretsAreNotIn(log(), "the log");
    }

    /** Who writes a secret into the file all the same, and something else into it that is wrong. */
    @Test
    void aFileOfSettingsThatIsWrongIsNotTold() throws Exception {
        String secret = SECRETS.get("PATCHOSCOPE_SERVICE_MAIL_PASSWORD");
        for (String yaml : List.of(
                "mail: {password: \"" + secret + "\", passwort: x}\n",
                "mail:\n  password: " + secret + ": x: [\n",
                "mail:\n  password: \"" + secret + "\n",
                "mail:\n  password: \"" + secret + "\"\n  port: " + secret + "\n")) {
            Path file = Files.writeString(home.resolve("settings.yaml"), yaml);
            fail(
                    Map.of(),
                    "serve",
                    "--config",
                    file.toString(),
                    "--data",
                    home.toString(),
                    "--port",
                    Integer.toString(PackagedProgram.freePort()));
        }
        assertThat(log()).contains("settings.yaml");
        assertSecretsAreNotIn(log(), "what is said of it");
    }

    @Test
    void commandsThatAreRefusedTellNoSecret() throws Exception {
        String imap = "imap://bot@127.0.0.1:" + servers.imap() + "/INBOX";
        String store = "jdbc:postgresql://127.0.0.1:" + servers.postgresql() + "/mail";
        for (List<String> command : List.of(
                List.of("mail", "import", imap, "--store", home.resolve("mail").toString()),
                List.of("mail", "stats", "--store", store))) {
            fail(Map.of("PATCHOSCOPE_STORE_USER", "bot"), command.toArray(String[]::new));
        }
        assertThat(servers.asked()).contains("imap", "postgresql");
        assertSecretsAreNotIn(log(), "what they say");
    }

    /** A reviewed series, with a mail that waits to be sent. */
    private void prepare() {
        try (Database database = Database.embedded(home, () -> {})) {
            QueuedMail.in(database);
            String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
            String mail = Fixtures.mail("entry: Of today", 1, "kernel/entry/common.c")
                    .replaceFirst("Date: .*", "Date: " + now);
            long today = new SeriesStore(database, Clock.systemUTC())
                    .add(Fixtures.mailed(mail))
                    .id();
            new ReviewStore(database, Clock.systemUTC()).add(today, Fixtures.demoReview());
        }
    }

    /** All pages that may know something, asked also by who says too much, and the answers with their headers. */
    private String visit(URI here) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        StringBuilder all = new StringBuilder();
        PackagedProgram.awaitUp(here);
        for (int round = 0; round < 2; round++) {
            for (String path : List.of(
                    "/",
                    "/status",
                    "/status.json",
                    "/outbox/",
                    "/outbox/1",
                    "/r/1",
                    "/s/1",
                    "/admin",
                    "/api/nothing",
                    "/q/health",
                    "/q/health/live",
                    "/q/metrics",
                    "/q/openapi",
                    "/q/info",
                    "/q/arc",
                    "/q/dev",
                    "/nothing")) {
                all.append(answer(client, HttpRequest.newBuilder(here.resolve(path))));
            }
            String sent = answer(client, HttpRequest.newBuilder(here.resolve("/admin/")));
            Matcher state = Pattern.compile("state=([^&\\s\\]]+)").matcher(sent);
            if (state.find()) {
                all.append(answer(
                        client,
                        HttpRequest.newBuilder(here.resolve("/admin/login?code=some&state=" + state.group(1)))));
            }
            all.append(sent);
            Thread.sleep(1_500);
        }
        String token = SECRETS.get("PATCHOSCOPE_SERVICE_TOKENS");
        String coded = URLEncoder.encode(token, StandardCharsets.UTF_8);
        for (String path : List.of("/api/submit", "/api/series/1/rerun", "/api/series/999/cancel", "/api/nothing")) {
            for (String bearer : List.of(token, token + "x")) {
                all.append(answer(
                        client,
                        HttpRequest.newBuilder(here.resolve(path))
                                .header("Authorization", "Bearer " + bearer)
                                .header("Content-Type", "application/mbox")
                                .POST(HttpRequest.BodyPublishers.ofString("nothing"))));
            }
        }
        all.append(answer(
                client,
                HttpRequest.newBuilder(here.resolve("/outbox/1"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("action=send&token=" + coded))));
        return all.toString();
    }

    private static String answer(HttpClient client, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body() + "\n";
    }

    private void awaitAsked(String... whom) throws InterruptedException {
        for (int i = 0; i < 300 && !servers.asked().containsAll(List.of(whom)); i++) {
            Thread.sleep(100);
        }
        assertThat(servers.asked()).as("servers that were told a secret").contains(whom);
    }

    private static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(SECRETS);
        all.putAll(settings);
        return all;
    }

    private String log() throws IOException {
        return new PackagedProgram(home.resolve("log")).written();
    }

    private void fail(Map<String, String> settings, String... arguments) throws Exception {
        new PackagedProgram(home.resolve("log")).fail(with(settings), List.of(arguments));
    }

    private static void assertSecretsAreNotIn(String text, String where) {
        SECRETS.forEach((name, secret) -> {
            for (String form : List.of(
                    secret,
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    secret.replace("/", "\\/"),
                    Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
                    Base64.getEncoder().encodeToString(("pages:" + secret).getBytes(StandardCharsets.UTF_8)),
                    Base64.getEncoder().encodeToString(("\0bot\0" + secret).getBytes(StandardCharsets.UTF_8)))) {
                assertThat(text.lines().filter(l -> l.contains(form)).limit(3).toList())
                        .as("lines of %s with %s", where, name)
                        .isEmpty();
            }
        });
    }
}
