// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.AdminStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.Effect;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.bot.web.access.LoginTest;
import org.patchoscope.bot.web.admin.AdminActions;

/** What administrators see and do. */
@QuarkusTest
@TestProfile(WithLogin.class)
class AdminPagesTest {
    private static final LocalLogin LOGIN = new LocalLogin(LocalIssuer.started());

    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    @Inject
    SeriesStore series;

    @Inject
    ReviewStore reviews;

    @Inject
    ReviewIndex index;

    @Inject
    CommandStore commands;

    @Inject
    AdminStore store;

    private AdminVisitor mira = new AdminVisitor(here);

    @BeforeEach
    void logIn() throws Exception {
        OwnData.fill(series, reviews, index);
        mira = new AdminVisitor(here);
        mira.logIn(LOGIN.claims());
    }

    @AfterEach
    void putBack() throws Exception {
        write(WithLogin.POLICIES);
    }

    @Test
    void aSeriesIsReviewedAgainAndCancelledAndThatIsKeptWithTheName() throws Exception {
        assertThat(mira.get("/admin/queue").body()).contains("Review series 1 again");
        HttpResponse<String> answer = mira.post("/admin/do/rerun", Map.of("id", "1", "form", form()), SAME);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(mira.location(answer)).isEqualTo(here.resolve("/admin/queue"));
        assertThat(store.deeds(1)).singleElement().satisfies(d -> {
            assertThat(d.who()).isEqualTo("Mira K (mira)");
            assertThat(d.about()).isEqualTo("series 1");
        });
        assertThat(mira.get("/admin/").body()).contains("series 1: reviewed again");
        awaitReview(1);
        assertThat(mira.post("/admin/do/cancel", Map.of("id", "1", "form", form()))
                        .statusCode())
                .as("it is done with")
                .isEqualTo(409);
        assertThat(mira.post("/admin/do/cancel", Map.of("id", "4711", "form", form()))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void aDismissedFindingIsToldAgain() throws Exception {
        long topic = series.find(1).orElseThrow().topic();
        dismiss(topic, "0123456789abcdef");
        assertThat(mira.get("/admin/dismissed").body())
                .contains("0123456789abcdef", "meant &lt;so&gt;", "jo@example.org", "(author)");
        Map<String, String> sent = Map.of("id", Long.toString(topic), "finding", "0123456789abcdef", "form", form());
        assertThat(mira.post("/admin/do/tell", sent).statusCode()).isEqualTo(303);
        assertThat(commands.wishes(topic).dismissed()).doesNotContainKey("0123456789abcdef");
        assertThat(mira.post("/admin/do/tell", sent).statusCode()).as("once").isEqualTo(409);
    }

    @Test
    void policiesInForceAreSaidAndWhyAChangeIsNot() throws Exception {
        assertThat(mira.get("/admin/policies").body())
                .contains(
                        "entry@lists.example.org",
                        "a reply goes when a person lets it go, 4 hours after the review at the earliest, to the author and"
                                + " the list, 10 a day at most",
                        "somebody@example.org")
                .doesNotContain("is not in force");
        write("lists: {entry@lists.example.org: {mode: sometimes}}");
        assertThat(mira.get("/admin/policies").body()).contains("is not in force", "sometimes", "lets it go");
    }

    @Test
    void thePagesOfAllDecisionsSendAdministratorsToTheirs() throws Exception {
        assertThat(mira.get("/admin/outbox").body()).contains("Waits for a person", "Something is wrong");
        assertThat(mira.get("/admin/outbox/4711").statusCode()).isEqualTo(404);
        assertThat(mira.post("/admin/do/send", Map.of("id", "4711", "form", form()))
                        .statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @EnumSource(AdminActions.Action.class)
    void noPageElsewhereSendsAFormForAnAdministrator(AdminActions.Action action) throws Exception {
        int deeds = store.deeds(100).size();
        String path = "/admin/do/" + action.name().toLowerCase(java.util.Locale.ROOT);
        AdminVisitor jo = new AdminVisitor(here);
        Map<String, Object> claims = LOGIN.claims();
        claims.put("sub", "jo");
        jo.logIn(claims);
        String form = form();
        for (Map<String, String> forged : List.<Map<String, String>>of(
                Map.of("id", "1"),
                Map.of("id", "1", "form", ""),
                Map.of("id", "1", "form", form + "A"),
                Map.of("id", "1", "form", jo.form("/admin/")))) {
            assertThat(mira.post(path, forged).statusCode()).as("%s", forged).isEqualTo(403);
        }
        assertThat(mira.post(path, Map.of("id", "1", "form", form), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(mira.get(path + "?id=1&form=" + form).statusCode()).isEqualTo(405);
        assertThat(mira.post(path, Map.of("id", "1", "form", form), "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> stranger = new AdminVisitor(here).post(path, Map.of("id", "1", "form", form));
        assertThat(stranger.statusCode()).isEqualTo(401);
        LoginTest.assertGuarded(stranger);
        assertThat(store.deeds(100)).hasSize(deeds);
        assertThat(mira.get("/admin/").statusCode()).as("still logged in").isEqualTo(200);
    }

    @Test
    void theSearchIndexIsMadeAnewWhileItAnswers() throws Exception {
        assertThat(mira.get("/admin/").body()).contains("Make the search index anew");
        assertThat(mira.post("/admin/do/index", Map.of("form", form())).statusCode())
                .isEqualTo(303);
        assertThat(mira.get("/search.json?q=audit").body()).contains("/r/1/");
        assertThat(store.deeds(1))
                .singleElement()
                .satisfies(d -> assertThat(d.about()).isEqualTo("the search index"));
    }

    @Test
    void thereIsNothingElseToDo() throws Exception {
        assertThat(mira.post("/admin/do/shutdown", Map.of("form", form())).statusCode())
                .isEqualTo(404);
    }

    private static final String[] SAME = {"Sec-Fetch-Site", "same-origin"};

    private String form() throws Exception {
        return mira.form("/admin/");
    }

    private void awaitReview(long id) throws InterruptedException {
        Set<SeriesState> done = EnumSet.of(SeriesState.REVIEWED, SeriesState.NOT_REVIEWED);
        for (int i = 0; i < 300 && !done.contains(series.find(id).orElseThrow().state()); i++) {
            Thread.sleep(100);
        }
        assertThat(series.find(id).orElseThrow().reason()).isNotEqualTo(Reason.CANCELLED);
    }

    private void dismiss(long topic, String identity) {
        Instant at = Instant.parse("2026-11-22T01:00:00Z");
        commands.keep(new StoredCommand(
                0,
                "key-" + identity,
                "m@example.org",
                "s",
                List.of(),
                "Jo <jo@example.org>",
                "jo@example.org",
                0,
                "dismiss 1 meant <so>",
                at,
                at,
                "AUTHOR",
                "root",
                1,
                StoredCommand.State.WAITING,
                "",
                at));
        long id = commands.find("key-" + identity).orElseThrow().id();
        commands.end(id, 1, StoredCommand.State.DONE, "done", new Effect.Dismiss(topic, identity, "meant <so>"));
    }

    /** With a date of its own: two files of one moment are taken for the same. */
    private static void write(String policies) throws Exception {
        Path file = Path.of(ConfigProvider.getConfig().getValue("patchoscope.service.policies", String.class));
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, policies);
        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusSeconds(1)));
    }
}
