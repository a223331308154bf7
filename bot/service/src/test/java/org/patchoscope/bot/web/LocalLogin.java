// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Where people log in at a {@link LocalIssuer}: whoever comes is Mira. It remembers nothing: what a code stands for is written in
 * it, so that a test can make codes for logins that go wrong.
 */
public record LocalLogin(LocalIssuer issuer) {
    public static final String CLIENT = "patchoscope-pages";
    static final String SECRET = "a secret between the issuer and this service";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What becomes of the ID token. */
    public enum Signature {
        RIGHT,
        FORGED,
        NONE
    }

    /** What a code stands for. */
    record Code(Map<String, Object> claims, String challenge, Signature signature) {}

    void serve(HttpServer server) {
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
    }

    /** Claims of an ID token of an administrator. */
    public Map<String, Object> claims() {
        Map<String, Object> out = issuer.claims();
        out.put("aud", CLIENT);
        out.put("preferred_username", "Mira K");
        return out;
    }

    /** A code for an ID token, for who was sent with these parameters. */
    public static String code(Map<String, String> asked, Map<String, Object> claims, Signature signature) {
        Map<String, Object> all = new HashMap<>(claims);
        all.putIfAbsent("nonce", asked.getOrDefault("nonce", ""));
        try {
            byte[] code = MAPPER.writeValueAsBytes(Map.of(
                    "claims",
                    all,
                    "challenge",
                    asked.getOrDefault("code_challenge", ""),
                    "signature",
                    signature.name()));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String to = asked.getOrDefault("redirect_uri", "") + "?state=" + asked.getOrDefault("state", "") + "&code="
                + code(asked, claims(), Signature.RIGHT);
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    /** OpenID Connect Core 1.0, section 3.1.3. */
    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> sent = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String login = Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        Code code = MAPPER.readValue(Base64.getUrlDecoder().decode(sent.getOrDefault("code", "")), Code.class);
        boolean same = challenge(sent.getOrDefault("code_verifier", "")).equals(code.challenge());
        if (!same || !("Basic " + login).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            LocalIssuer.answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        String id = switch (code.signature()) {
            case RIGHT -> issuer.sign(code.claims());
            case FORGED -> LocalIssuer.forge(code.claims());
            case NONE -> LocalIssuer.unsecured(code.claims());
        };
        LocalIssuer.answer(
                exchange,
                200,
                Map.of("access_token", issuer.sign(issuer.claims()), "id_token", id, "token_type", "Bearer"));
    }

    /** RFC 7636, section 4.2. */
    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Map<String, String> form(String text) {
        Map<String, String> out = new HashMap<>();
        for (String part : text.split("&", -1)) {
            String[] pair = part.split("=", 2);
            out.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return out;
    }
}
