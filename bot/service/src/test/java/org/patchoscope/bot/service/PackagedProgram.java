// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The program as it is packaged, {@code patchoscope.packaged} says where.
 *
 * @param log what it writes, to its screen and elsewhere
 */
public record PackagedProgram(Path log) {
    private static final Path PROGRAM =
            Path.of(System.getProperty("patchoscope.packaged", "nowhere"), "quarkus-run.jar");

    /** Skips a test that runs before packaging. */
    public static void assumeThere() {
        assumeTrue(Files.exists(PROGRAM), "the program is packaged before this test runs");
    }

    /** Runs a command with these variables of the environment besides those that are there. */
    public Process start(Map<String, String> environment, List<String> arguments) throws IOException {
        return start("-Xmx1g", environment, arguments);
    }

    /** The same with this much memory. */
    Process start(String memory, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                memory,
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                PROGRAM.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(v -> v.startsWith("PATCHOSCOPE_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs a command that goes wrong, to its end. */
    void fail(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(environment, arguments);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", arguments).isNotZero();
    }

    /** What was written. */
    public String written() throws IOException {
        return Files.readString(log);
    }

    /** Waits until a service answers that is this process; one that has ended never will. */
    static void awaitUp(URI here, Process process) throws InterruptedException {
        awaitUp(here, process::isAlive);
    }

    /** Waits until a service answers. */
    public static void awaitUp(URI here) throws InterruptedException {
        awaitUp(here, () -> true);
    }

    private static void awaitUp(URI here, BooleanSupplier mayCome) throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(here.resolve("/q/health")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 900 && mayCome.getAsBoolean(); i++) {
                try {
                    client.send(health, HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (IOException e) {
                    Thread.sleep(100);
                }
            }
        }
        throw new IllegalStateException("no service answers at " + here);
    }

    /** A port that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
