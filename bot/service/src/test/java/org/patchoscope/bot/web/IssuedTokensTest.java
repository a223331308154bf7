// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.store.Fixtures;

/** Tokens of an OpenID Connect issuer beside those of the configuration. */
@QuarkusTest
@TestProfile(IssuedTokensTest.WithIssuer.class)
class IssuedTokensTest {
    private static final LocalIssuer ISSUER = LocalIssuer.started();

    /** A service that knows an issuer. */
    public static final class WithIssuer extends OwnData {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> out = new HashMap<>(super.getConfigOverrides());
            out.put("patchoscope.service.oidc.enabled", "true");
            out.put("patchoscope.service.oidc.issuer", LocalIssuer.started().address());
            return out;
        }
    }

    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aTokenOfTheIssuerWithTheRoleMayWrite() throws Exception {
        assertThat(submit(ISSUER.sign(ISSUER.claims()))).isEqualTo(202);
        assertThat(submit("secret")).as("as may those of the configuration").isEqualTo(202);
    }

    @Test
    void oneWithoutTheRoleForAnotherOrTooOldMayNot() throws Exception {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("groups", List.of("readers")),
                Map.of("groups", List.of()),
                Map.of("aud", "another"),
                Map.of("iss", "http://127.0.0.1:1"),
                Map.of("exp", 1_000_000_000))) {
            Map<String, Object> claims = ISSUER.claims();
            claims.putAll(wrong);
            assertThat(submit(ISSUER.sign(claims))).as("%s", wrong).isEqualTo(401);
        }
    }

    @Test
    void oneThatTheIssuerDidNotSignMayNot() throws Exception {
        String good = ISSUER.sign(ISSUER.claims());
        assertThat(submit(LocalIssuer.forge(ISSUER.claims()))).isEqualTo(401);
        assertThat(submit(LocalIssuer.unsecured(ISSUER.claims()))).isEqualTo(401);
        assertThat(submit(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA"))
                .isEqualTo(401);
        assertThat(submit("opaque")).isEqualTo(401);
        assertThat(submit("a.b.c")).isEqualTo(401);
    }

    @Test
    void readingIsPublicWhateverIsSentWithIt() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(here.resolve("/status"))
                .header("Authorization", "Bearer " + LocalIssuer.forge(ISSUER.claims()))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theFormThatLetsAReplyGoTakesOneToo() throws Exception {
        assertThat(moderate(4711, LocalIssuer.forge(ISSUER.claims()))).isEqualTo(401);
        assertThat(moderate(4711, ISSUER.sign(ISSUER.claims())))
                .as("allowed, but nothing waits")
                .isEqualTo(409);
    }

    private int moderate(long reply, String token) throws IOException, InterruptedException {
        return post(
                "/outbox/" + reply,
                "application/x-www-form-urlencoded",
                "",
                "action=send&token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private int submit(String token) throws IOException, InterruptedException {
        String mbox = Fixtures.mail("drm: Something", 1, "drivers/gpu/drm/drm_file.c");
        return post("/api/submit", "application/mbox", token, mbox);
    }

    private int post(String path, String type, String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(here.resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
