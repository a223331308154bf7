// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * An OpenID Connect issuer: its configuration, one key, and tokens right and wrong. There is one for the whole run, known by its
 * address and key as a system property, since tests and what they start may be loaded by different loaders.
 */
public record LocalIssuer(String address, RSAPrivateCrtKey key) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PROPERTY = "patchoscope.test.issuer";
    private static final String KEY = "key-1";

    public static LocalIssuer started() {
        String[] known = System.getProperties()
                .computeIfAbsent(PROPERTY, _ -> start())
                .toString()
                .split(" ");
        try {
            byte[] key = Base64.getDecoder().decode(known[1]);
            return new LocalIssuer(known[0], (RSAPrivateCrtKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers until the process ends. OpenID Connect Discovery 1.0, section 3, and RFC 7517. */
    private static String start() {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        RSAPrivateCrtKey key = newKey();
        answer(
                server,
                "/.well-known/openid-configuration",
                Map.of(
                        "issuer",
                        address,
                        "jwks_uri",
                        address + "/keys",
                        "authorization_endpoint",
                        address + "/authorize",
                        "token_endpoint",
                        address + "/token"));
        new LocalLogin(new LocalIssuer(address, key)).serve(server);
        Map<String, String> shown = Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                KEY,
                "n",
                number(key.getModulus()),
                "e",
                number(key.getPublicExponent()));
        answer(server, "/keys", Map.of("keys", List.of(shown)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return address + " " + Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** Claims of a token that may write. */
    Map<String, Object> claims() {
        long now = Instant.now().getEpochSecond();
        return new HashMap<>(Map.of(
                "iss",
                address,
                "sub",
                "mira",
                "aud",
                "patchoscope",
                "iat",
                now,
                "exp",
                now + 300,
                "groups",
                List.of("patchoscope")));
    }

    String sign(Map<String, Object> claims) {
        return sign(claims, key);
    }

    /** As if by the same key, but by another. */
    static String forge(Map<String, Object> claims) {
        return sign(claims, newKey());
    }

    /** RFC 7519, section 6. */
    static String unsecured(Map<String, Object> claims) {
        return json(Map.of("alg", "none", "typ", "JWT")) + "." + json(claims) + ".";
    }

    private static String sign(Map<String, Object> claims, PrivateKey key) {
        String text = json(Map.of("alg", "RS256", "typ", "JWT", "kid", KEY)) + "." + json(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAPrivateCrtKey newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpServer server, String path, Map<String, Object> body) {
        server.createContext(path, exchange -> answer(exchange, 200, body));
    }

    static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String json(Map<String, Object> value) {
        try {
            return base64(MAPPER.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return base64(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
