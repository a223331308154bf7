// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.pipeline.ReviewException;
import picocli.CommandLine;

/** What b4 hands over, and what it gets back. */
class B4CheckCommandTest {
    private static final String MAIL = """
            From: Jo Doe <jo@example.org>
            Subject: [PATCH 1/2] entry: Tidy up
            Message-ID: <a+b.1@example.org>

            A changelog.
            """;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;

    B4CheckCommandTest() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getRawPath() + "?"
                    + exchange.getRequestURI().getRawQuery());
            byte[] answer = "[]\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForTheMailAndPassesTheAnswerOn() throws Exception {
        assertThat(run("http://localhost:" + server.getAddress().getPort() + "/"))
                .isEqualTo("[]\n");
        assertThat(asked).containsExactly("/api/check?id=a%2Bb.1%40example.org");
    }

    @Test
    void saysSoWhenNobodyAnswers() {
        status = 500;
        assertThatThrownBy(() -> run("http://localhost:" + server.getAddress().getPort()))
                .isInstanceOf(ReviewException.class)
                .hasMessageContaining("500");
        assertThatThrownBy(() -> run("no address at all")).isInstanceOf(ReviewException.class);
    }

    private static String run(String service) throws Exception {
        B4CheckCommand command = new B4CheckCommand(new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.UTF_8)));
        new CommandLine(command).parseArgs("--service", service);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(command.call()).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
