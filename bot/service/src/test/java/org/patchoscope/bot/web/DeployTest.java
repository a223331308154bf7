// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code deploy/} says of the service is true of it. */
@QuarkusTest
@TestProfile(OwnData.class)
class DeployTest {
    private static final Path DEPLOY = Path.of("..", "..", "deploy");
    private static final Pattern METRIC = Pattern.compile("\\b(?:patchoscope|http_server|jvm)_[a-z_]+");

    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    @Test
    void theDashboardAsksOnlyForWhatTheServiceTells() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        // Requests are counted once there was one.
        client.send(HttpRequest.newBuilder(here.resolve("/")).build(), BodyHandlers.discarding());
        String told = client.send(
                        HttpRequest.newBuilder(here.resolve("/q/metrics")).build(), BodyHandlers.ofString())
                .body();
        Set<String> names = new TreeSet<>();
        JsonNode dashboard = new ObjectMapper()
                .readTree(DEPLOY.resolve("grafana/patchoscope.json").toFile());
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                METRIC.matcher(target.get("expr").asText())
                        .results()
                        .map(MatchResult::group)
                        .forEach(names::add);
            }
        }
        assertThat(names).hasSizeGreaterThan(8).allSatisfy(n -> assertThat(told).containsPattern("(?m)^" + n + "[ {]"));
    }

    @Test
    void everyYamlFileIsYaml() throws Exception {
        for (Path file : files(".yaml")) {
            try (var documents = new YAMLMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
                assertThat(documents.readAll())
                        .as("%s", file)
                        .isNotEmpty()
                        .allSatisfy(
                                d -> assertThat(d).isInstanceOf(com.fasterxml.jackson.databind.node.ObjectNode.class));
            }
        }
    }

    /** Debian's podman-compose takes such a name for the value: anybody's token, where none is set. */
    @Test
    void noVariableOfComposeIsEmptyByDefault() throws Exception {
        assertThat(Files.readString(DEPLOY.resolve("compose/compose.yaml"))).doesNotContain(":-}", "-}");
    }

    /** Where images come from is the caller's choice. */
    @Test
    void noFileNamesARegistry() throws Exception {
        for (Path file : files("")) {
            assertThat(Files.readString(file).lines().filter(l -> l.matches("\\s*(FROM|image:|- image:) .*")))
                    .as("%s", file)
                    .allSatisfy(l -> assertThat(l).doesNotContainPattern("[a-z0-9-]+\\.[a-z]{2,}/"));
        }
    }

    /** A process without memory lives on and answers nothing: it has to end, for its supervisor to start another. */
    @Test
    void whoeverStartsTheServiceEndsItWithoutMemory() throws Exception {
        for (String file : List.of(
                "systemd/patchoscope.service",
                "systemd/patchoscope-mail.service",
                "container/Containerfile",
                "../patchoscope")) {
            assertThat(Files.readString(DEPLOY.resolve(file))).as(file).contains("-XX:+ExitOnOutOfMemoryError");
        }
    }

    @Test
    void whoEntersTheWorkerIsNobody() throws Exception {
        for (Path file : files(".service")) {
            assertThat(Files.readString(file))
                    .as("%s", file)
                    .contains(
                            "NoNewPrivileges=yes",
                            "User=patchoscope",
                            "ProtectSystem=strict",
                            "CapabilityBoundingSet=\n");
        }
        assertThat(Files.readString(DEPLOY.resolve("container/Containerfile"))).contains("\nUSER 10001:10001\n");
    }

    private static List<Path> files(String suffix) throws Exception {
        try (Stream<Path> all = Files.walk(DEPLOY)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> f.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
