// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Servers that take nobody's password, and tell them in their refusal what they said: the worst that a service that asks them
 * can be made to write into its log.
 */
final class TellingServers implements AutoCloseable {
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final ServerSocket smtp = listen();
    private final ServerSocket imap = listen();
    private final ServerSocket postgresql = listen();
    private final HttpServer http;

    TellingServers() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::refuse);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        serve(smtp, client -> lines(client, "220 hello", this::smtp));
        serve(imap, client -> lines(client, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello", this::imap));
        serve(postgresql, this::postgresql);
    }

    /** Which of them were told something secret: smtp, imap, postgresql, http and a path. */
    Set<String> asked() {
        return asked;
    }

    int smtp() {
        return smtp.getLocalPort();
    }

    int imap() {
        return imap.getLocalPort();
    }

    int postgresql() {
        return postgresql.getLocalPort();
    }

    String http() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** An issuer that knows nobody, and a Patchwork. */
    private void refuse(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String said = exchange.getRequestHeaders().getOrDefault("Authorization", List.of()) + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            asked.add("http " + path);
        }
        Optional<String> known = "GET".equals(exchange.getRequestMethod()) ? open(path) : Optional.empty();
        String body = known.orElse(
                "{\"error\": \"invalid_client\", \"error_description\": \"you said " + said.replace('"', '\'') + "\"}");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(known.isPresent() ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** What needs no password. */
    private Optional<String> open(String path) {
        return Optional.ofNullable(Map.of(
                        "/keys",
                        "{\"keys\": []}",
                        "/.well-known/openid-configuration",
                        """
                        {"issuer": "HERE", "jwks_uri": "HERE/keys",
                         "authorization_endpoint": "HERE/authorize", "token_endpoint": "HERE/token"}
                        """.replace("HERE", http()),
                        "/patchwork/api/patches/",
                        "[{\"id\": 7, \"project\": {\"list_email\": \"list@lists.example.org\"}}]",
                        "/patchwork/api/patches/7/checks/",
                        "[]")
                .get(path));
    }

    private String smtp(String line) {
        if (line.startsWith("EHLO")) {
            return "250-here\r\n250 AUTH PLAIN LOGIN";
        }
        asked.add("smtp");
        return "535 5.7.8 no: you said " + line;
    }

    private String imap(String line) {
        String tag = line.split(" ", 2)[0];
        if (line.contains("CAPABILITY")) {
            return "* CAPABILITY IMAP4rev1\r\n" + tag + " OK done";
        }
        asked.add("imap");
        return tag + " NO you said " + line;
    }

    /** PostgreSQL's protocol, version 3, as far as its refusal of a password. */
    private void postgresql(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        int length = in.readInt();
        int code = in.readInt();
        in.skipNBytes(length - 8);
        if (code == 80877103 || code == 80877104) {
            out.writeByte('N'); // no encryption
            in.skipNBytes(in.readInt() - 4L);
        }
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(3); // the password as it is, please
        if (in.readByte() != 'p') {
            return;
        }
        byte[] password = in.readNBytes(in.readInt() - 4);
        asked.add("postgresql");
        String said = new String(password, StandardCharsets.UTF_8).replace("\0", "");
        byte[] refusal = ("SFATAL\0C28P01\0Mpassword authentication failed: you said " + said + "\0\0")
                .getBytes(StandardCharsets.UTF_8);
        out.writeByte('E');
        out.writeInt(refusal.length + 4);
        out.write(refusal);
        out.flush();
    }

    private interface Talk {
        void with(Socket client) throws IOException;
    }

    private interface Answer {
        String to(String line);
    }

    private static void lines(Socket client, String greeting, Answer answer) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String line = greeting;
        while (line != null) {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            String said = in.readLine();
            line = said == null ? null : answer.to(said);
        }
    }

    private static void serve(ServerSocket socket, Talk talk) {
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    talk.with(client);
                } catch (IOException e) {
                    Thread.onSpinWait(); // whoever asked went away, or this is the end
                }
            }
        });
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        smtp.close();
        imap.close();
        postgresql.close();
    }
}
