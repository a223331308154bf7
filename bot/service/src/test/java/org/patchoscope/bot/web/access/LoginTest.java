// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.bot.web.AdminVisitor;
import org.patchoscope.bot.web.LocalIssuer;
import org.patchoscope.bot.web.LocalLogin;
import org.patchoscope.bot.web.LocalLogin.Signature;
import org.patchoscope.bot.web.WithLogin;

/** Logging in on the pages for administrators, and all that is not logging in. */
@QuarkusTest
@TestProfile(WithLogin.class)
public class LoginTest {
    private static final LocalLogin LOGIN = new LocalLogin(LocalIssuer.started());

    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/",
                "/admin",
                "/admin/index.json",
                "/admin/queue",
                "/admin/queue.json",
                "/admin/outbox",
                "/admin/outbox/1",
                "/admin/policies.json",
                "/admin/dismissed",
                "/admin/login"
            })
    void whoIsNotLoggedInIsSentToTheIssuer(String path) throws Exception {
        HttpResponse<String> answer = new AdminVisitor(here).get(path);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.body()).isEmpty();
        URI to = new AdminVisitor(here).location(answer);
        assertThat(to.toString()).startsWith(LOGIN.issuer().address() + "/authorize?");
        assertThat(LocalLogin.form(to.getRawQuery()))
                .containsEntry("response_type", "code")
                .containsEntry("client_id", LocalLogin.CLIENT)
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", here.resolve("/admin/login").toString())
                .containsKeys("state", "nonce", "code_challenge");
        assertGuarded(answer);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c).contains("HTTPOnly", "SameSite=Lax", "Path=/admin"));
    }

    @Test
    void anAdministratorLogsInAndSeesEachPageAndItsJson() throws Exception {
        AdminVisitor mira = new AdminVisitor(here);
        HttpResponse<String> first = mira.logIn(LOGIN.claims());
        assertThat(first.uri()).isEqualTo(here.resolve("/admin/"));
        assertThat(first.body()).contains("<h1>Administration</h1>", "Mira K (mira)", "Log out");
        assertGuarded(first);
        for (String page : List.of("queue", "outbox", "policies", "dismissed")) {
            assertThat(mira.get("/admin/" + page).body()).as(page).contains("Log out");
            HttpResponse<String> json = mira.get("/admin/" + page + ".json");
            assertThat(json.body()).as(page).startsWith("{").doesNotContain("\"form\"");
            assertGuarded(json);
        }
        assertThat(mira.get("/").body()).contains("href=\"/admin/\"");
    }

    @Test
    void aSessionIsNoUseElsewhereAndCannotBeRead() throws Exception {
        AdminVisitor mira = new AdminVisitor(here);
        mira.logIn(LOGIN.claims());
        assertThat(mira.cookies.getCookieStore().getCookies()).isNotEmpty().allSatisfy(c -> {
            assertThat(c.isHttpOnly()).isTrue();
            assertThat(c.getPath()).isEqualTo("/admin");
            assertThat(c.getValue().split("\\."))
                    .as("encrypted, and no JWT that anybody reads")
                    .hasSize(5);
        });
        for (HttpCookie c : mira.cookies.getCookieStore().getCookies()) {
            c.setValue(c.getValue().substring(0, c.getValue().length() - 4) + "AAAA");
        }
        assertThat(mira.get("/admin/").statusCode()).isEqualTo(302);
    }

    @Test
    void whoIsNoAdministratorSeesNothingAndDoesNothing() throws Exception {
        AdminVisitor reader = new AdminVisitor(here);
        Map<String, Object> claims = LOGIN.claims();
        claims.put("groups", List.of("readers"));
        claims.put("preferred_username", "<script>alert(1)</script>");
        HttpResponse<String> answer = reader.logIn(claims);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("who is no administrator").doesNotContain("<script");
        assertThat(reader.get("/admin/queue.json").statusCode()).isEqualTo(403);
        String form = reader.form("/admin/");
        for (Map<String, String> sent : List.of(Map.of("id", "1"), Map.of("id", "1", "form", form))) {
            assertThat(reader.post("/admin/do/rerun", sent).statusCode()).isEqualTo(403);
        }
    }

    /** Who came with the wrong name comes with another. */
    @Test
    void whoIsNoAdministratorLogsOutAllTheSame() throws Exception {
        AdminVisitor reader = new AdminVisitor(here);
        Map<String, Object> claims = LOGIN.claims();
        claims.put("groups", List.of("readers"));
        reader.logIn(claims);
        assertThat(reader.post("/admin/leave", Map.of("form", "of nobody")).statusCode())
                .isEqualTo(403);
        assertThat(reader.get("/admin/").statusCode()).isEqualTo(403);
        assertThat(reader.post("/admin/leave", Map.of("form", reader.form("/admin/")))
                        .statusCode())
                .isEqualTo(303);
        assertThat(reader.get("/admin/").statusCode()).as("sent to the issuer").isEqualTo(302);
        assertThat(new AdminVisitor(here)
                        .post("/admin/leave", Map.of("form", "x"))
                        .statusCode())
                .isIn(401, 403);
    }

    @Test
    void aTokenThatIsNotOfTheIssuerForThisServiceAndOfNowIsNoLogin() throws Exception {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("iss", "http://127.0.0.1:1"),
                Map.of("aud", "another"),
                Map.of("aud", "patchoscope"),
                Map.of("exp", 1_000_000_000),
                Map.of("nonce", "of another login"))) {
            Map<String, Object> claims = new HashMap<>(LOGIN.claims());
            claims.putAll(wrong);
            assertRefused(claims, Signature.RIGHT);
        }
        assertRefused(LOGIN.claims(), Signature.FORGED);
        assertRefused(LOGIN.claims(), Signature.NONE);
    }

    private void assertRefused(Map<String, Object> claims, Signature signature) throws Exception {
        AdminVisitor visitor = new AdminVisitor(here);
        HttpResponse<String> answer = visitor.comeBack(visitor.asked("/admin/"), claims, signature);
        assertThat(answer.statusCode()).as("%s %s", claims, signature).isEqualTo(401);
        assertGuarded(answer);
        assertThat(visitor.get("/admin/").statusCode()).isEqualTo(302);
    }

    @Test
    void aLoginThatSomebodyElseBeganIsNone() throws Exception {
        AdminVisitor attacker = new AdminVisitor(here);
        Map<String, String> theirs = attacker.asked("/admin/");
        AdminVisitor victim = new AdminVisitor(here);
        String code = LocalLogin.code(theirs, LOGIN.claims(), Signature.RIGHT);
        assertNoLogin("with no login under way", victim, victim.comeBack(theirs.getOrDefault("state", ""), code));
        victim.asked("/admin/");
        assertNoLogin("with one of their own", victim, victim.comeBack(theirs.getOrDefault("state", ""), code));
        AdminVisitor other = new AdminVisitor(here);
        String own = other.asked("/admin/").getOrDefault("state", "");
        assertNoLogin("with the right state and another verifier", other, other.comeBack(own, code));
        AdminVisitor third = new AdminVisitor(here);
        third.asked("/admin/");
        assertNoLogin("without a state", third, third.get("/admin/login?code=" + code));
        for (AdminVisitor v : List.of(attacker, victim, other, third)) {
            assertThat(v.get("/admin/").statusCode()).isEqualTo(302);
        }
    }

    /** Refused, or sent to the issuer to begin anew. */
    private static void assertNoLogin(String how, AdminVisitor who, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(how).isIn(401, 302);
        if (answer.statusCode() == 302) {
            assertThat(who.location(answer).toString())
                    .as(how)
                    .startsWith(LOGIN.issuer().address() + "/authorize?");
        }
    }

    @Test
    void anErrorOfTheIssuerIsSaidAndNothingOfItIsShown() throws Exception {
        AdminVisitor visitor = new AdminVisitor(here);
        String state = visitor.asked("/admin/").getOrDefault("state", "");
        HttpResponse<String> answer = visitor.get("/admin/login?error=access_denied&error_description="
                + "%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=" + state);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("alert");
        assertGuarded(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin//evil.example/",
                "/admin/queue?next=https://evil.example/",
                "/admin/?redirect_uri=https://evil.example/",
                "/admin/%2F%2Fevil.example",
                "/admin/..//evil.example"
            })
    void nothingLeadsElsewhereAfterLoggingIn(String path) throws Exception {
        AdminVisitor mira = new AdminVisitor(here);
        HttpResponse<String> answer = mira.get(path);
        if (answer.statusCode() != 302) {
            assertThat(answer.statusCode()).isEqualTo(404);
            return;
        }
        Map<String, String> asked = LocalLogin.form(mira.location(answer).getRawQuery());
        assertThat(asked.getOrDefault("redirect_uri", ""))
                .isEqualTo(here.resolve("/admin/login").toString());
        answer = mira.comeBack(
                asked.getOrDefault("state", ""),
                LocalLogin.code(asked, LOGIN.claims(), Signature.RIGHT) + "&redirect_uri=https://evil.example/");
        for (int i = 0; i < 5 && answer.statusCode() / 100 == 3; i++) {
            URI to = mira.location(answer);
            assertThat(to.getAuthority()).isEqualTo(here.getAuthority());
            answer = mira.get(to);
        }
        assertThat(answer.statusCode()).isIn(200, 404);
    }

    @Test
    void whoLogsOutIsOut() throws Exception {
        AdminVisitor mira = new AdminVisitor(here);
        mira.logIn(LOGIN.claims());
        HttpResponse<String> answer = mira.post("/admin/leave", Map.of("form", mira.form("/admin/")));
        assertThat(mira.location(answer)).isEqualTo(here.resolve("/"));
        assertThat(mira.get("/admin/").statusCode()).isEqualTo(302);
    }

    public static void assertGuarded(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("Content-Security-Policy")).containsExactly(SecurityHeaders.POLICY);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }
}
