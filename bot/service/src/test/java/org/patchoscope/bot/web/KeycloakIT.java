// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.service.PackagedProgram;

/**
 * The packaged program and a Keycloak that knows {@code deploy/oidc/realm.json}: {@code deploy/oidc/try-keycloak.sh} gets, starts
 * and names one ({@code patchoscope.keycloak}, the address of the realm). Skipped without.
 */
@Timeout(300)
class KeycloakIT {
    private static final String REALM = System.getProperty("patchoscope.keycloak", "");
    private static final String PASSWORD = "a-password-for-trying-out";

    @TempDir
    private Path home;

    private final Chromium chromium = new Chromium();
    private final List<String> complaints = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private URI here = URI.create("http://localhost");

    @BeforeEach
    void start() throws Exception {
        assumeTrue(!REALM.isEmpty(), "no Keycloak (deploy/oidc/try-keycloak.sh)");
        PackagedProgram.assumeThere();
        Chromium.assumeThere();
        int port = PackagedProgram.freePort();
        here = URI.create("http://localhost:" + port);
        Map<String, String> settings = Map.of(
                "PATCHOSCOPE_SERVICE_OIDC_ENABLED",
                "true",
                "PATCHOSCOPE_SERVICE_OIDC_ISSUER",
                REALM,
                "PATCHOSCOPE_SERVICE_OIDC_CLIENT",
                "patchoscope-pages",
                "PATCHOSCOPE_SERVICE_OIDC_SECRET",
                "a-secret-for-trying-out",
                "PATCHOSCOPE_SERVICE_ADDRESS",
                here.toString(),
                "PATCHOSCOPE_STORE",
                home.resolve("mail").toString());
        processes.add(new PackagedProgram(home.resolve("log"))
                .start(settings, List.of("serve", "--data", home.toString(), "--port", Integer.toString(port))));
        PackagedProgram.awaitUp(here);
    }

    @AfterEach
    void end() throws Exception {
        chromium.close();
        for (Process p : processes) {
            p.destroy();
            assertThat(p.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAdministratorLogsInWithAPasswordAndOut() {
        Page page = logIn("mira");
        page.waitForURL(here.resolve("/admin/queue").toString());
        assertThat(page.locator("h1").textContent()).isEqualTo("Queue");
        page.click(".admin nav a:text-is(\"Overview\")");
        page.click("button:text-is(\"Make the search index anew\")");
        assertThat(page.locator("main").textContent()).contains("mira", "the search index");
        Chromium.picture(page, "keycloak-admin");
        page.click(".admin button:text-is(\"Log out\")");
        page.waitForURL(here.resolve("/").toString());
        assertThat(page.context().cookies(here.resolve("/admin/").toString()))
                .noneMatch(c -> c.name.startsWith("q_session"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void whoIsNotInTheGroupIsRefused() {
        Page page = logIn("jo");
        assertThat(page.locator("main").textContent()).contains("logged in as jo", "who is no administrator");
        assertThat(page.locator("form[action^='/admin/do']").count()).isZero();
        page.click("button:text-is(\"Log out\")");
        page.waitForURL(here.resolve("/").toString());
        assertThat(page.context().cookies(here.resolve("/admin/").toString()))
                .noneMatch(c -> c.name.startsWith("q_session"));
    }

    @Test
    void aProgramHandsInWithATokenOfItsOwn() throws Exception {
        String token = token();
        assertThat(post("/api/series/999/rerun", token)).isEqualTo(404);
        assertThat(post("/api/series/999/rerun", token.substring(0, token.length() - 2)))
                .isEqualTo(401);
    }

    /** Goes to a page for administrators, and through the issuer's form. */
    private Page logIn(String user) {
        Page page = chromium.browse(new Browser.NewContextOptions());
        page.onConsoleMessage(m -> complaints.add(m.type() + ": " + m.text()));
        page.navigate(here.resolve("/admin/queue").toString());
        assertThat(page.url()).startsWith(REALM);
        complaints.clear(); // the issuer's own
        page.fill("#username", user);
        page.fill("#password", PASSWORD);
        page.click("#kc-login");
        page.waitForURL(address -> address.startsWith(here.toString()));
        complaints.clear();
        return page;
    }

    private String token() throws Exception {
        String client = Base64.getEncoder()
                .encodeToString(
                        "patchoscope-programs:another-secret-for-trying-out".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(URI.create(REALM + "/protocol/openid-connect/token"))
                .header("Authorization", "Basic " + client)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(answer).path("access_token").asText();
    }

    private int post(String path, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(here.resolve(path))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
