// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.report.json.JsonReader;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.Effect;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.bot.topic.Comparisons;

@QuarkusTest
@TestProfile(OwnData.class)
class PagesTest {
    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    @Inject
    SeriesStore series;

    @Inject
    ReviewStore reviews;

    @Inject
    ReviewIndex index;

    @Inject
    Outbox outbox;

    @Inject
    CommandStore commands;

    @Inject
    Comparisons comparisons;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void fill() throws IOException {
        OwnData.fill(series, reviews, index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/search",
                "/search?q=audit",
                "/search?q=nothing+has+this",
                "/r/1",
                "/r/2",
                "/r/1/full",
                "/r/2/full",
                "/r/1/1",
                "/r/2/1",
                "/r/2/patch-1",
                "/s/1",
                "/s/2",
                "/t/1",
                "/t/2",
                "/f/do_el0_svc",
                "/f/nowhere",
                "/list/",
                "/list/entry@lists.example.org",
                "/status"
            })
    void everyPageIsThereWithNothingThatRuns(String path) throws Exception {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("<title>", "</html>")
                .doesNotContain("<script", "<img", "<style", "=\"javascript:", "style=\"", "{#");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.json",
                "/search.json?q=audit",
                "/r/1.json",
                "/s/1.json",
                "/t/1.json",
                "/f/do_el0_svc.json",
                "/list/index.json",
                "/list/entry@lists.example.org.json",
                "/status.json"
            })
    void everyPageHasItsJson(String path) throws Exception {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).get().asString().startsWith("application/json");
        assertThat(new ObjectMapper().readTree(page.body()).isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin", "/admin/", "/admin/index.json", "/admin/queue", "/admin/outbox/1", "/admin/login"})
    void noPageForAdministratorsIsOpenWhereNobodyLogsIn(String path) throws Exception {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Nobody logs in here");
        assertThat(get("/").body()).doesNotContain("/admin");
    }

    @Test
    void theJsonOfAReviewIsThatOfTheCommandLine() throws Exception {
        assertThat(JsonReader.read(get("/r/1.json").body())).isEqualTo(Fixtures.demoReview());
        assertThat(get("/r/1.txt").body()).contains("audit_syscall_exit() is no longer called");
    }

    @Test
    void whatWasCommandedByMailIsOnThePagesAndRunsNothing() throws Exception {
        var s = series.find(1).orElseThrow();
        var command = new StoredCommand(
                0,
                "key",
                "c@x",
                Hostile.TITLE,
                List.of(),
                Hostile.TITLE,
                "jo@example.org",
                0,
                "dismiss 1 " + Hostile.TITLE,
                s.posted(),
                s.posted(),
                "AUTHOR",
                s.root(),
                0,
                StoredCommand.State.WAITING,
                "",
                s.posted());
        commands.keep(command);
        commands.keep(new StoredCommand(
                0,
                "other",
                "e@x",
                "s",
                List.of(),
                "Eve <eve@example.org>",
                "eve@example.org",
                0,
                "stop and shout",
                s.posted(),
                s.posted(),
                "NOT_ALLOWED",
                s.root(),
                0,
                StoredCommand.State.REFUSED,
                "Not carried out.",
                s.posted()));
        var finding = reviews.findings(1).getFirst();
        commands.end(
                commands.find("key").orElseThrow().id(),
                1,
                StoredCommand.State.DONE,
                "It is not reported again: " + Hostile.TITLE,
                new Effect.Dismiss(s.topic(), finding.identity(), Hostile.TITLE));
        assertThat(get("/s/1").body())
                .contains(
                        "dismiss 1 &lt;script", "It is not reported again: &lt;script", "Not carried out.", "not shown")
                .doesNotContain("<script", "<img", "stop and shout", "eve@example.org");
        assertThat(get("/r/1").body())
                .contains("[" + finding.number() + "]", "dismissed by mail: &lt;script")
                .doesNotContain("<script", "<img");
    }

    @Test
    void aTopicAndAReviewSayWhichFindingCameAndWhichWent() throws Exception {
        long before =
                reviews.add(series.add(Fixtures.series("entry: Versions", 1)).id(), Fixtures.demoReview());
        long after = reviews.add(
                series.add(Fixtures.series("entry: Versions", 2)).id(),
                Fixtures.review(Review.Verdict.EQUIVALENT, Review.Verdict.EQUIVALENT));
        comparisons.compare();
        String topic =
                get("/t/" + reviews.find(after).orElseThrow().series().topic()).body();
        assertThat(topic).contains("<div>fixed</div>", "its patch was dropped", "/r/" + before + "/1");
        assertThat(get("/r/" + after).body())
                .contains("Since v1: <a href=\"/t/")
                .containsPattern("\\d+ fixed");
        assertThat(get("/r/" + before).body()).doesNotContain("Since v");
    }

    @Test
    void aReviewShowsFindingsTracesAndWitness() throws Exception {
        assertThat(get("/r/1").body()).contains("id=\"finding-3\"", "<a href=\"/r/1/3\">[3]</a>", "/r/1/patch-1");
        assertThat(get("/r/1/full").body()).contains("<caption>Witness</caption>", "How to check");
        assertThat(get("/r/1/4711").statusCode()).isEqualTo(404);
        assertThat(get("/r/1/3").body())
                .contains("id=\"finding-3\"", "- audit_syscall_exit(regs)", "<caption>Witness</caption>")
                .contains("<a href=\"/f/do_el0_svc\">do_el0_svc()</a>");
    }

    @Test
    void aSearchFindsAndMarks() throws Exception {
        assertThat(get("/search?q=_TIF_SYSCALL_AUDIT+arch:arm64+type:finding").body())
                .contains("<strong>4 found</strong>", "<mark>_TIF_SYSCALL_AUDIT</mark>", "href=\"/r/1/3\"");
    }

    /** Wherever a mail's words come to: nothing in them turns the direction of reading around, or cannot be seen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/r/2",
                "/r/2/full",
                "/r/2/1",
                "/r/2/patch-1",
                "/s/2",
                "/t/2",
                "/search?q=alert",
                "/search.atom",
                "/status",
                "/list/",
                "/outbox/",
                "/search?q=%E2%80%AEabc"
            })
    void noPageTurnsTheDirectionOfReadingAround(String path) throws Exception {
        assertThat(get(path).body())
                .doesNotContainPattern("[\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\u200b\\u0007]");
    }

    @Test
    void whoHasAPageIsNotSentItAgainAndItComesPacked() throws Exception {
        HttpResponse<String> first = get("/r/1");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        HttpResponse<String> again = client.send(
                HttpRequest.newBuilder(here.resolve("/r/1"))
                        .header("If-None-Match", tag)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        HttpResponse<byte[]> packed = client.send(
                HttpRequest.newBuilder(here.resolve("/r/1"))
                        .header("Accept-Encoding", "br;q=1, gzip;q=0.5")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(new String(
                        new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(packed.body()))
                                .readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(first.body());
        assertThat(get("/robots.txt").body()).contains("Disallow: /search");
    }

    @Test
    void whatIsAskedForByItsIdIsGoneTo() throws Exception {
        String id = "20260914080000.4711-3-mira.talvik@example.org";
        for (String query : new String[] {id, "%3C" + id + "%3E", "https://lore.kernel.org/all/" + id + "/"}) {
            assertThat(get("/search?q=" + query).headers().firstValue("Location"))
                    .as(query)
                    .get()
                    .asString()
                    .endsWith("/r/1");
        }
        String finding = reviews.findings(1).getFirst().identity();
        assertThat(get("/search?q=" + finding).headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("/r/1/1");
        assertThat(get("/search?q=" + "a".repeat(10_000)).statusCode()).isEqualTo(400);
        assertThat(get("/finding/" + finding + ".atom").body()).contains("urn:uuid:");
    }

    @Test
    void whatIsNotThereSaysSo() throws Exception {
        for (String path : new String[] {"/r/999", "/t/999", "/s/999", "/list/no@where", "/nothing", "/r/1.exe"}) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.body()).as(path).contains("Patchoscope").doesNotContain("Exception");
        }
    }

    @Test
    void aSearchIsAFeed() throws Exception {
        HttpResponse<String> feed = get("/search.atom?q=type:finding");
        assertThat(feed.headers().firstValue("Content-Type")).get().asString().startsWith("application/atom+xml");
        var xml = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new org.xml.sax.InputSource(new java.io.StringReader(feed.body())));
        assertThat(xml.getElementsByTagName("entry").getLength()).isEqualTo(2);
        assertThat(xml.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void itSaysThatItIsWell() throws Exception {
        assertThat(get("/q/health").body()).contains("\"UP\"").contains("store").contains("index");
        assertThat(get("/q/metrics").body())
                .contains("patchoscope_series{state=\"reviewed\"}", "patchoscope_index_behind");
        assertThat(get("/q/openapi?format=json").body()).contains("/api/submit");
    }

    @Test
    void aReplyIsShownAsItWouldBeSentAndOnlyATokenLetsItGo() throws Exception {
        long review = reviews.ofSeries(2).orElseThrow().id();
        for (int i = 0; i < 200 && outbox.ofReview(review).isEmpty(); i++) {
            Thread.sleep(100);
        }
        var reply = outbox.ofReview(review).orElseThrow();
        assertThat(get("/outbox/").body()).contains("/outbox/" + reply.id()).doesNotContain("<script");
        assertThat(get("/outbox/" + reply.id()).body())
                .contains("shown, not sent", "not public before it is sent")
                .doesNotContain("Auto-Submitted");
        assertThat(form("/outbox/" + reply.id(), "token=wrong&action=show").statusCode())
                .isEqualTo(401);
        String page = form("/outbox/" + reply.id(), "token=secret&action=show").body();
        assertThat(page)
                .contains("shown, not sent", "Auto-Submitted: auto-replied")
                .doesNotContain("<script", "<img");
        assertThat(form("/outbox/" + reply.id(), "token=wrong&action=send").statusCode())
                .isEqualTo(401);
        assertThat(form("/outbox/" + reply.id(), "token=secret&action=send").statusCode())
                .isEqualTo(409);
    }

    private HttpResponse<String> form(String path, String fields) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(here.resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(fields))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void mailsCanBeHadAgain() throws Exception {
        assertThat(get("/s/1.mbox").body()).contains("Subject: [PATCH 3/4] arm64: syscall:");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(here.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
