// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.web.access.SecurityHeaders;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/** What programs ask of the service and hand to it. */
@QuarkusTest
@TestProfile(OwnData.class)
class ApiTest {
    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    @Inject
    SeriesStore series;

    @Inject
    ReviewStore reviews;

    @Inject
    ReviewIndex index;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void fill() throws IOException {
        OwnData.fill(series, reviews, index);
    }

    @Test
    void aSeriesIsFoundByAnyOfItsMailsInAnySpelling() throws Exception {
        String id = "20260914080000.4711-3-mira.talvik@example.org";
        for (String spelling : new String[] {id, "%3C" + id + "%3E", "https://lore.kernel.org/all/" + id + "/"}) {
            JsonNode known = new ObjectMapper()
                    .readTree(get("/api/series?id=" + spelling).body());
            assertThat(known.at("/review/0/href").asText()).isEqualTo("/r/1");
            assertThat(known.get("findings")).hasSize(4);
        }
        assertThat(get("/api/series?id=no@where").statusCode()).isEqualTo(404);
        assertThat(get("/api/series?id=nothing").statusCode()).isEqualTo(400);
    }

    @Test
    void aSeriesIsReviewedAgainOrNotAtAllByWhoHasAToken() throws Exception {
        long id = series.add(Fixtures.series("entry: To be cancelled", 1)).id();
        String path = "/api/series/" + id;
        assertThat(post(path + "/cancel", "", "wrong").statusCode()).isEqualTo(401);
        assertThat(post(path + "/cancel", "", "secret").statusCode()).isEqualTo(202);
        assertThat(post(path + "/cancel", "", "secret").statusCode()).isEqualTo(409);
        assertThat(get("/s/" + id + ".json").body()).contains("\"reason\" : \"cancelled\"");
        HttpResponse<String> again = post(path + "/rerun", "", "secret");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).containsPattern("\"state\" : \"(waiting|running|not-reviewed)\"");
        assertThat(post("/api/series/999/rerun", "", "secret").statusCode()).isEqualTo(404);
    }

    /** For b4 a patch without a finding, and a patchset without a review, have passed. */
    @Test
    void b4IsNotToldThatWhatWasNotSimulatedPasses() throws Exception {
        long id =
                series.add(Fixtures.series("entry: Of another architecture", 1)).id();
        String root = series.find(id).orElseThrow().root();
        series.move(id, EnumSet.allOf(SeriesState.class), SeriesState.NOT_REVIEWED, Reason.DOES_NOT_APPLY, "");
        assertThat(get("/api/patchset?id=" + root).statusCode()).isEqualTo(404);
        reviews.add(id, Fixtures.review(Verdict.NOT_BUILT, Verdict.NOT_BUILT));
        JsonNode set =
                new ObjectMapper().readTree(get("/api/patchset?id=" + root).body());
        assertThat(set.at("/reviews/0/output").asText())
                .contains("nothing that it touches is built here", "\"medium\"");
    }

    /** The shapes are those that b4 reads, in its src/b4/review/checks.py. */
    @Test
    void b4ReadsWhatIsSaidOfAPatch() throws Exception {
        String patch = "20260914080000.4711-3-mira.talvik@example.org";
        JsonNode check =
                new ObjectMapper().readTree(get("/api/check?id=" + patch).body());
        assertThat(check).hasSize(1);
        assertThat(check.at("/0/tool").asText()).isEqualTo("patchoscope");
        assertThat(check.at("/0/status").asText()).isIn("pass", "warn", "fail");
        assertThat(check.at("/0/summary").asText()).isNotEmpty();
        assertThat(check.at("/0/url").asText()).startsWith("http").contains("/r/1#patch-");
        JsonNode whole = new ObjectMapper()
                .readTree(get("/api/check?id=20260914080000.4711-1-mira.talvik@example.org")
                        .body());
        assertThat(whole.at("/0/status").asText()).isEqualTo("fail");
        assertThat(whole.at("/0/summary").asText()).contains("a promise of the changelog does not hold");
        assertThat(get("/api/check?id=no@where").body().strip()).isEqualTo("[ ]");
        JsonNode set =
                new ObjectMapper().readTree(get("/api/patchset?id=" + patch).body());
        assertThat(set.get("status").asText()).isEqualTo("Reviewed");
        long number = -1;
        for (JsonNode p : set.get("patches")) {
            number = p.get("message_id").asText().equals(patch) ? p.get("id").asLong() : number;
        }
        int findings = 0;
        for (JsonNode r : set.get("reviews")) {
            JsonNode output = new ObjectMapper().readTree(r.get("output").asText());
            findings += output.get("findings").size();
            output.get("findings")
                    .forEach(f -> assertThat(f.get("severity").asText()).isIn("medium", "low"));
        }
        assertThat(number).isPositive();
        assertThat(findings).isEqualTo(4);
        assertThat(get("/api/patchset?id=no@where").statusCode()).isEqualTo(404);
        HttpResponse<String> page = get("/patch/" + set.get("id").asLong());
        assertThat(page.headers().firstValue("Location")).get().asString().endsWith("/s/1");
    }

    @Test
    void handingInNeedsAToken() throws Exception {
        String mbox = Fixtures.mail("drm: Something", 1, "drivers/gpu/drm/drm_file.c");
        assertThat(submit(mbox, "wrong").statusCode()).isEqualTo(401);
        HttpResponse<String> in = submit(mbox, "secret");
        assertThat(in.statusCode()).isEqualTo(202);
        JsonNode first = new ObjectMapper().readTree(in.body()).at("/series/0");
        assertThat(first.get("isNew").asBoolean()).isTrue();
        String status = first.get("status").asText();
        JsonNode state = new ObjectMapper().readTree(get(status).body()).get("series");
        for (int i = 0; i < 200 && !state.get("state").asText().equals("not-reviewed"); i++) {
            Thread.sleep(100);
            state = new ObjectMapper().readTree(get(status).body()).get("series");
        }
        assertThat(state.get("reasonText").asText())
                .isEqualTo("it touches no entry or exit path that is simulated here");
        assertThat(submit(mbox, "secret").body()).contains("\"isNew\" : false");
    }

    /** RFC 9457, whoever refuses it. */
    @Test
    void whatTheApiDoesNotDoIsAProblemDetail() throws Exception {
        List<HttpRequest> refused = List.of(
                HttpRequest.newBuilder(here.resolve("/api/nothing")).build(),
                HttpRequest.newBuilder(here.resolve("/api/submit")).build(),
                HttpRequest.newBuilder(here.resolve("/api/check?id=%20")).build(),
                HttpRequest.newBuilder(here.resolve("/api/patchset?id=no@where"))
                        .build(),
                HttpRequest.newBuilder(here.resolve("/api/series/4711/rerun"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpRequest.newBuilder(here.resolve("/api/submit"))
                        .header("Content-Type", "image/png")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build());
        for (HttpRequest request : refused) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("Content-Type"))
                    .as(request.uri().getPath())
                    .get()
                    .asString()
                    .startsWith("application/problem+json");
            JsonNode problem = new ObjectMapper().readTree(answer.body());
            assertThat(problem.get("status").asInt())
                    .isEqualTo(answer.statusCode())
                    .isGreaterThanOrEqualTo(400);
            assertThat(problem.get("title").asText()).isNotBlank();
            assertThat(problem.get("detail").asText()).isNotBlank();
        }
    }

    /** What is documented is the API and nothing else; each answer that is tried is of a documented kind. */
    @Test
    void theDocumentSaysWhatIsAnswered() throws Exception {
        JsonNode document =
                new ObjectMapper().readTree(get("/q/openapi?format=json").body());
        assertThat(document.at("/paths").fieldNames()).toIterable().allMatch(p -> p.startsWith("/api/"));
        assertThat(document.at("/components/securitySchemes/token/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/paths/~1api~1submit/post/security/0/token").isArray())
                .isTrue();
        assertThat(document.at("/paths/~1api~1check/get/security/0").isMissingNode())
                .isTrue();
        String id = "20260914080000.4711-3-mira.talvik@example.org";
        for (String path : List.of("check", "patchset", "series")) {
            JsonNode answers = document.at("/paths/~1api~1" + path + "/get/responses");
            HttpResponse<String> good = get("/api/" + path + "?id=" + id);
            assertThat(good.statusCode()).isEqualTo(200);
            JsonNode schema = resolved(document, answers.at("/200/content/application~1json/schema"));
            JsonNode body = new ObjectMapper().readTree(good.body());
            JsonNode one = body.isArray() ? body.get(0) : body;
            JsonNode item = body.isArray() ? resolved(document, schema.get("items")) : schema;
            assertThat(body.isArray()).isEqualTo(schema.path("type").asText().equals("array"));
            assertThat(one.fieldNames())
                    .toIterable()
                    .as(path)
                    .isSubsetOf(List.copyOf(item.get("properties").properties().stream()
                            .map(java.util.Map.Entry::getKey)
                            .toList()));
            HttpResponse<String> bad = get("/api/" + path + "?id=%20");
            assertThat(answers.at("/default/content")
                            .has(bad.headers()
                                    .firstValue("Content-Type")
                                    .orElse("")
                                    .replaceFirst(";.*", "")))
                    .isTrue();
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    /** As b4 runs a command, without a program of ours: the mail on standard input of curl. */
    @Test
    void aMailIsCheckedAsItIs() throws Exception {
        String id = "20260914080000.4711-3-mira.talvik@example.org";
        String mail = "From: Jo <jo@example.org>\nMessage-ID: <" + id + ">\nSubject: x\n\nbody\n";
        HttpResponse<String> whole = post("/api/check", mail, "");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(get("/api/check?id=" + id).body()).contains("patchoscope");
        assertThat(post("/api/check", "no mail", "").statusCode()).isEqualTo(400);
    }

    @Test
    void theSchemeOfATokenHasNoCase() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(here.resolve("/api/series/4711/rerun"))
                .header("Authorization", "bearer secret")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoMailIsRefusedWithAdvice() throws Exception {
        HttpResponse<String> answer = submit("\u0000\u0001 no mail at all", "secret");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("advice");
    }

    @Test
    void aSeriesOfTheStoreOfMailIsHandedInByTheIdOfAMail() throws Exception {
        Path folder = Path.of(ConfigProvider.getConfig().getValue("patchoscope.service.store.location", String.class));
        String mbox = Fixtures.mail("drm: Passed over", 1, "drivers/gpu/drm/drm_file.c");
        Files.createDirectories(folder);
        Path file = Files.writeString(Files.createTempFile(folder, "mail", ".mbox"), mbox);
        try (MailStore store = MailStore.open(new StoreLocation.Directory(folder));
                MailFeed feed = new MailFeeds(folder, InputStream.nullInputStream(), "").open(file.toString())) {
            new Importer(store, n -> {}).run(feed);
        }
        String id = mbox.lines()
                .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("message-id:"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*<(.*)>.*", "$1");
        assertThat(post("/api/submit/message?id=" + id, "", "wrong").statusCode())
                .isEqualTo(401);
        HttpResponse<String> in = post("/api/submit/message?id=" + id, "", "secret");
        assertThat(in.statusCode()).isEqualTo(202);
        assertThat(in.body()).contains("drm: Passed over");
        assertThat(post("/api/submit/message?id=no@where", "", "secret").statusCode())
                .isEqualTo(404);
        assertThat(post("/api/submit/message?id=%20", "", "secret").statusCode())
                .isEqualTo(400);
    }

    @Test
    void b4FindsTheMailsOfASeriesWhereItLooksForThem() throws Exception {
        String id = "20260914080000.4711-3-mira.talvik@example.org";
        HttpResponse<byte[]> mails = client.send(
                HttpRequest.newBuilder(here.resolve("/all/" + id + "/t.mbox.gz"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(mails.statusCode()).isEqualTo(200);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(mails.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(series.mails(1));
        }
        assertThat(get("/all/" + id).headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("/s/1");
        assertThat(get("/all/no@where/t.mbox.gz").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        byte[] large = new byte[33 * 1024 * 1024];
        HttpRequest request = HttpRequest.newBuilder(here.resolve("/api/submit"))
                .header("Authorization", "Bearer secret")
                .header("Content-Type", "application/mbox")
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        assertThat(get("/status").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..%2f..%2fetc%2fpasswd",
                "/r/..%2f1",
                "/s/1.mbox%2f..%2f2",
                "/f/..%2f..%2freviews.mv.db",
                "/list/..%2f..%2fx",
                "/style-..%2fapplication.properties.css",
                "/all/..%2f..%2f/t.mbox.gz",
                "/t/1%00.json",
                "/search?q=%00%ff%2e%2e"
            })
    void noAddressLeadsOutOfThePages(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isIn(200, 400, 404);
        assertThat(answer.body()).doesNotContain("root:", "quarkus.", "H2:3");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue(SecurityHeaders.POLICY);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(here.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> submit(String mbox, String token) throws IOException, InterruptedException {
        return post("/api/submit", mbox, token);
    }

    private HttpResponse<String> post(String path, String body, String token) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(here.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/mbox")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
