// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** As much of a news server (RFC 3977) as reading one group needs. */
final class NewsServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final Map<Integer, String> shown = new ConcurrentSkipListMap<>();

    NewsServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "nntp://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + "/org.example.list";
    }

    void put(int number, String article) {
        shown.put(number, article);
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    talk(client);
                }
            }
        } catch (IOException e) {
            // The test has closed the server.
            return;
        }
    }

    private void talk(Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(out, "200 ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0].toUpperCase(java.util.Locale.ROOT)) {
                case "GROUP" -> {
                    TreeMap<Integer, String> all = new TreeMap<>(shown);
                    say(
                            out,
                            words[1].equals("org.example.list")
                                    ? "211 " + all.size() + " " + all.firstKey() + " " + all.lastKey()
                                            + " org.example.list"
                                    : "411 no such group");
                }
                case "ARTICLE" -> {
                    String article = shown.get(Integer.parseInt(words[1]));
                    if (article == null) {
                        say(out, "423 no such article");
                    } else {
                        say(out, "220 " + words[1] + " <x@x>");
                        for (String text : article.split("\n")) {
                            say(out, text.startsWith(".") ? "." + text : text);
                        }
                        say(out, ".");
                    }
                }
                case "QUIT" -> say(out, "205 bye");
                default -> say(out, "500 what");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
