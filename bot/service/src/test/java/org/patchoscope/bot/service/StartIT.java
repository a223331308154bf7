// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The packaged program starts as {@code deploy/} has it started: with the files, options and variables that stand there. */
@Timeout(300)
class StartIT {
    private static final Path DEPLOY = Path.of("..", "..", "deploy");
    private static final Pattern OF_A_UNIT = Pattern.compile("(?m)^Environment=([A-Z_]+)=(.*)$");
    private static final Pattern OF_AN_IMAGE = Pattern.compile("(PATCHOSCOPE_[A-Z_]+)=(\\S+)");

    @TempDir
    private Path home;

    @BeforeEach
    void begin() {
        PackagedProgram.assumeThere();
    }

    /**
     * A way in which {@code deploy/} starts the service.
     *
     * @param file given with {@code --config}, or nothing
     */
    record Way(String name, List<Path> file, Map<String, String> environment) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() throws IOException {
        List<Way> out = new ArrayList<>();
        out.add(new Way("systemd", List.of(DEPLOY.resolve("patchoscope.yaml")), unit()));
        Object services = at(yaml(DEPLOY.resolve("compose/compose.yaml")).getFirst(), "services");
        map(services).forEach((name, service) -> {
            List<?> command = list(map(service).getOrDefault("command", List.of()));
            if (command.contains("serve")) {
                Map<String, String> environment = image();
                map(at(service, "environment"))
                        .forEach((k, v) -> environment.put(k, interpolated(String.valueOf(v == null ? "" : v))));
                out.add(new Way("compose " + name, config(command, "compose"), environment));
            }
        });
        for (String kind : List.of("web", "worker")) {
            Object deployment =
                    yaml(DEPLOY.resolve("kubernetes/" + kind + ".yaml")).getFirst();
            Object pod = at(at(at(deployment, "spec"), "template"), "spec");
            Object container = list(at(pod, "containers")).getFirst();
            Map<String, String> environment = image();
            for (Object variable : list(at(container, "env"))) {
                environment.put(
                        at(variable, "name").toString(),
                        map(variable)
                                .getOrDefault("value", "a-secret-of-some-length")
                                .toString());
            }
            // What Kubernetes adds for each service of the namespace, unless it is told not to.
            if (!Boolean.FALSE.equals(map(pod).getOrDefault("enableServiceLinks", true))) {
                environment.put("PATCHOSCOPE_WEB_SERVICE_HOST", "10.0.0.1");
                environment.put("PATCHOSCOPE_WEB_PORT", "tcp://10.0.0.1:80");
            }
            out.add(new Way("kubernetes " + kind, config(list(at(container, "args")), "kubernetes"), environment));
        }
        assertThat(out).hasSize(5);
        return out.stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theServiceStartsAsDeployHasIt(Way way) throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start()) {
            int port = PackagedProgram.freePort();
            PackagedProgram program = new PackagedProgram(home.resolve("log"));
            Process process = program.start(here(way, server), arguments(way, port));
            try {
                URI address = URI.create("http://127.0.0.1:" + port);
                PackagedProgram.awaitUp(address, process);
                assertThat(status(address.resolve("/q/health/ready"))).isEqualTo(200);
                assertThat(status(address.resolve("/"))).isEqualTo(200);
            } finally {
                process.destroy();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(program.written()).doesNotContain("ERROR", "SRCFG", "Exception");
        }
    }

    /** The same is said by {@code --check}, without starting anything. */
    @ParameterizedTest
    @MethodSource("ways")
    void theSettingsOfDeployAreCheckedWithoutAStart(Way way) throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start()) {
            PackagedProgram program = new PackagedProgram(home.resolve("log"));
            List<String> arguments = new ArrayList<>(arguments(way, 8080));
            arguments.add("--check");
            Process process = program.start(here(way, server), arguments);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            if (program.written().contains("no tree is called linux")) {
                // It is not registered here; that is said with the command that does.
                assertThat(program.written()).contains("patchoscope tree add linux");
                return;
            }
            assertThat(process.exitValue()).as(program.written()).isZero();
            assertThat(program.written()).contains("ok  role", "ok  data");
        }
    }

    @Test
    void aVariableThatNothingReadsAndAValueThatIsNoneEndTheStart() throws Exception {
        PackagedProgram program = new PackagedProgram(home.resolve("log"));
        List<String> serve = List.of("serve", "--data", home.toString());
        program.fail(Map.of("PATCHOSCOPE_SERVICE_REVIEW_MINUTES", "5"), serve);
        program.fail(Map.of("PATCHOSCOPE_SERVICE_REVIEWMINUTES", "abc"), serve);
        program.fail(Map.of("PATCHOSCOPE_SERVICE_REVIEWMINUTES", "0"), serve);
        program.fail(Map.of("PATCHOSCOPE_SREVICE_PORT", "8080"), serve);
        assertThat(program.written())
                .contains(
                        "no variable is called PATCHOSCOPE_SERVICE_REVIEW_MINUTES",
                        "write PATCHOSCOPE_SERVICE_REVIEWMINUTES",
                        "abc",
                        "reviewMinutes is 0",
                        "no variable is called PATCHOSCOPE_SREVICE_PORT")
                .doesNotContain("\tat ");
    }

    /** What is named there is here, under a name of this test's. */
    private Map<String, String> here(Way way, EmbeddedPostgres server) {
        Map<String, String> out = new HashMap<>(way.environment());
        boolean postgresql = !way.name().equals("systemd");
        String url = server.getJdbcUrl("postgres", "postgres");
        out.put("PATCHOSCOPE_DATA", home.resolve("data").toString());
        out.put("PATCHOSCOPE_CACHE", home.resolve("cache").toString());
        out.put("PATCHOSCOPE_STORE", postgresql ? url : home.resolve("mail").toString());
        out.put("PATCHOSCOPE_SERVICE_HOST", "127.0.0.1");
        if (postgresql) {
            out.put("PATCHOSCOPE_SERVICE_DATABASE_URL", url);
            out.put("PATCHOSCOPE_SERVICE_DATABASE_USER", "postgres");
            out.put("PATCHOSCOPE_STORE_USER", "postgres");
            out.put(
                    "PATCHOSCOPE_SERVICE_POLICIES",
                    DEPLOY.resolve("compose/policies.yaml").toString());
        }
        return out;
    }

    private static List<String> arguments(Way way, int port) {
        List<String> out = new ArrayList<>(List.of("serve", "--port", Integer.toString(port)));
        way.file().forEach(f -> out.addAll(List.of("--config", f.toString())));
        return out;
    }

    private static List<Path> config(List<?> command, String directory) {
        int at = command.indexOf("--config");
        return at < 0
                ? List.of()
                : List.of(DEPLOY.resolve(directory)
                        .resolve(Objects.requireNonNull(
                                Path.of(command.get(at + 1).toString()).getFileName())));
    }

    /** As compose does where the caller has set nothing but what is asked for. */
    private static String interpolated(String value) {
        return value.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1")
                .replaceAll("\\$\\{\\w+:\\?[^}]*}", "a-secret-of-some-length");
    }

    private static Map<String, String> unit() throws IOException {
        Map<String, String> out = new LinkedHashMap<>();
        OF_A_UNIT
                .matcher(Files.readString(DEPLOY.resolve("systemd/patchoscope.service")))
                .results()
                .forEach(r -> out.put(r.group(1), r.group(2)));
        return out;
    }

    private static Map<String, String> image() {
        try {
            Map<String, String> out = new LinkedHashMap<>();
            OF_AN_IMAGE
                    .matcher(Files.readString(DEPLOY.resolve("container/Containerfile")))
                    .results()
                    .forEach(r -> out.put(r.group(1), r.group(2)));
            return out;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Map<String, Object>> yaml(Path file) throws IOException {
        List<Map<String, Object>> out = new ArrayList<>();
        new Yaml().loadAll(Files.readString(file)).forEach(d -> out.add(map(d)));
        return out;
    }

    private static Object at(Object node, String key) {
        return Objects.requireNonNull(map(node).get(key), key);
    }

    private static List<?> list(Object node) {
        return (List<?>) node;
    }

    @SuppressWarnings("unchecked") // What a file of YAML holds.
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static int status(URI address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
