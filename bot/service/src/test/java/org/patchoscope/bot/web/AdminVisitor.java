// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.patchoscope.bot.web.LocalLogin.Signature;

/** Somebody with a browser of their own that keeps cookies and follows no redirection by itself. */
public final class AdminVisitor {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    public final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI here;

    public AdminVisitor(URI here) {
        this.here = here;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(here.resolve(path));
    }

    public HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    public HttpResponse<String> post(String path, Map<String, String> form, String... headers)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(here.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What the issuer is asked by who opens a page. */
    public Map<String, String> asked(String path) throws IOException, InterruptedException {
        return LocalLogin.form(location(get(path)).getRawQuery());
    }

    /** Comes back from the issuer with a code for an ID token of these claims. */
    public HttpResponse<String> comeBack(Map<String, String> asked, Map<String, Object> claims, Signature signature)
            throws IOException, InterruptedException {
        return comeBack(asked.getOrDefault("state", ""), LocalLogin.code(asked, claims, signature));
    }

    public HttpResponse<String> comeBack(String state, String code) throws IOException, InterruptedException {
        return get("/admin/login?state=" + state + "&code=" + code);
    }

    /** Logs in, and follows to where that leads. */
    public HttpResponse<String> logIn(Map<String, Object> claims) throws IOException, InterruptedException {
        HttpResponse<String> out = comeBack(asked("/admin/"), claims, Signature.RIGHT);
        for (int i = 0; i < 4 && out.statusCode() / 100 == 3; i++) {
            out = get(location(out));
        }
        return out;
    }

    /** What forms of a page carry. */
    public String form(String path) throws IOException, InterruptedException {
        Matcher found = FORM.matcher(get(path).body());
        return found.find() ? found.group(1) : "";
    }

    public URI location(HttpResponse<String> answer) {
        return here.resolve(answer.headers().firstValue("Location").orElse(""));
    }
}
