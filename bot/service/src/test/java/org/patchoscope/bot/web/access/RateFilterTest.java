// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.web.OwnData;

/** One who asks too often is sent away, but not who has a token, and monitoring goes on. */
@QuarkusTest
@TestProfile(RateFilterTest.FewRequests.class)
class RateFilterTest {
    /** A service that allows five requests a minute. */
    public static final class FewRequests extends OwnData {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> out = new HashMap<>(super.getConfigOverrides());
            out.put("patchoscope.service.requests", "5");
            return out;
        }
    }

    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whoAsksTooOftenWaits() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(get("/status", "").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = get("/status", "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(get("/status", "Bearer wrong").statusCode()).isEqualTo(429);
        assertThat(get("/status", "Bearer secret").statusCode()).isEqualTo(200);
        assertThat(get("/q/health", "").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        return client.send(
                HttpRequest.newBuilder(here.resolve(path))
                        .header("Authorization", authorization)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
