// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.patchwork;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.patchoscope.bot.store.StoredCheck;

/**
 * A Patchwork instance, by its REST interface (Patchwork's documentation, "The REST API", 1.2 and later). The token goes to
 * that server alone: redirects are not followed.
 */
public final class Patchwork {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LARGEST_ANSWER = 4 << 20;

    /**
     * The instance.
     *
     * @param address of its pages, without {@code /api}; https, or a server on this machine
     * @param context what the checks are called there: letters, digits, {@code -} and {@code _}
     * @param timeout for one answer
     */
    public record Server(URI address, String token, String context, Duration timeout) {
        /** Makes one. */
        public Server {
            boolean local = "http".equals(address.getScheme())
                    && List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()));
            if (!local && !"https".equals(address.getScheme())) {
                throw new IllegalArgumentException("Patchwork's address is " + address + "; a token needs https");
            }
            if (!context.matches("[A-Za-z0-9_-]{1,255}")) {
                throw new IllegalArgumentException("Patchwork's context is letters, digits, - and _");
            }
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** What came of posting a check. */
    public sealed interface Outcome {
        /** It is there. */
        record Posted() implements Outcome {}

        /** There is no such patch in a project of that list, as yet. */
        record Unknown() implements Outcome {}

        /** The server is not there, or not well. */
        record Away(String problem) implements Outcome {}

        /** The server says no. */
        record Refused(String problem) implements Outcome {}
    }

    /** The server's answer was no answer to the question. */
    private static final class NotOk extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        NotOk(int status, String what) {
            super(what + ": HTTP status " + status);
            this.status = status;
        }
    }

    private final Server server;
    private final HttpClient client;

    public Patchwork(Server server) {
        this.server = server;
        client = HttpClient.newBuilder()
                .connectTimeout(server.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Posts a check where it is not there yet; one that was posted by a process that died is not posted again. */
    public Outcome post(StoredCheck check) throws InterruptedException {
        try {
            List<Long> patches = patches(check);
            for (long patch : patches) {
                if (!isThere(patch, check)) {
                    post(patch, check);
                }
            }
            return patches.isEmpty() ? new Outcome.Unknown() : new Outcome.Posted();
        } catch (NotOk e) {
            return e.status >= 500 || e.status == 429
                    ? new Outcome.Away(String.valueOf(e.getMessage()))
                    : new Outcome.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Outcome.Away(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        }
    }

    /** The patch in each project of its list; there may be other projects that the mail came to. */
    private List<Long> patches(StoredCheck check) throws IOException, InterruptedException, NotOk {
        JsonNode all = get("patches/?msgid=" + URLEncoder.encode(check.messageId(), StandardCharsets.UTF_8));
        List<Long> out = new ArrayList<>();
        for (JsonNode patch : all) {
            if (patch.path("project").path("list_email").asText().equalsIgnoreCase(check.list())
                    && patch.path("id").isIntegralNumber()) {
                out.add(patch.path("id").asLong());
            }
        }
        return out;
    }

    private boolean isThere(long patch, StoredCheck check) throws IOException, InterruptedException, NotOk {
        for (JsonNode there : get("patches/" + patch + "/checks/?per_page=250")) {
            if (there.path("context").asText().equals(server.context())
                    && there.path("target_url").asText().equals(check.url())) {
                return true;
            }
        }
        return false;
    }

    private void post(long patch, StoredCheck check) throws IOException, InterruptedException, NotOk {
        String body = MAPPER.writeValueAsString(Map.of(
                "state",
                check.result(),
                "context",
                server.context(),
                "target_url",
                check.url(),
                "description",
                check.description()));
        answer(
                request("patches/" + patch + "/checks/")
                        .header("Authorization", "Token " + server.token())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                "the check was not taken");
    }

    private JsonNode get(String path) throws IOException, InterruptedException, NotOk {
        String text = answer(request(path).build(), path.replaceFirst("\\?.*", ""));
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException(server + " does not answer with JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        String base = server.address().toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/api/" + path)).timeout(server.timeout());
    }

    private String answer(HttpRequest request, String what) throws IOException, InterruptedException, NotOk {
        // The request's own timeout ends with the header; a body may come as slowly as it likes.
        CompletableFuture<HttpResponse<String>> sent = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            HttpResponse<String> response = sent.get(server.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() / 100 != 2) {
                throw new NotOk(response.statusCode(), what);
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new IOException(
                    server + " does not answer in " + server.timeout().toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(server + ": " + e.getCause(), e);
        } finally {
            sent.cancel(true);
        }
    }
}
