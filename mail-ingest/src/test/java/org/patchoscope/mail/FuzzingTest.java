// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.series.DiffFuzz;

/**
 * Input made up by Jazzer, each target for {@code -Dpatchoscope.fuzz.seconds} (3 by default), and every input that was kept
 * because it once showed a mistake or shows the fuzzer the way. What is found is written to {@code target/fuzz}: put it into
 * the folder of its target, mend it, and leave it there.
 */
final class FuzzingTest {
    private static final Path KEPT = Path.of("src/test/fuzz");

    /** Takes one input. */
    @FunctionalInterface
    private interface Target {
        void take(byte[] data) throws IOException;
    }

    private static Target target(String name) {
        return switch (name) {
            case "Subject" -> SubjectFuzz::fuzzerTestOneInput;
            case "Diff" -> DiffFuzz::fuzzerTestOneInput;
            case "Mail" -> MailFuzz::fuzzerTestOneInput;
            case "Mbox" -> MboxFuzz::fuzzerTestOneInput;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Class<?> targetClass(String name) {
        return switch (name) {
            case "Subject" -> SubjectFuzz.class;
            case "Diff" -> DiffFuzz.class;
            case "Mail" -> MailFuzz.class;
            case "Mbox" -> MboxFuzz.class;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @TestFactory
    Stream<DynamicTest> keptInputs() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(KEPT)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(FuzzingTest::kept);
    }

    private static DynamicTest kept(Path file) {
        Path name = KEPT.relativize(file);
        Target target = target(name.getName(0).toString());
        return DynamicTest.dynamicTest(name.toString(), () -> target.take(Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject", "Diff", "Mail", "Mbox"})
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void madeUpInputs(String name, @TempDir Path corpus) throws Exception {
        Path findings = Files.createDirectories(Path.of("target/fuzz").resolve(name));
        Path log = findings.resolve("log");
        Process fuzzer = new ProcessBuilder(command(name, corpus, findings))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int status = fuzzer.waitFor();
            assertThat(status).as("see %s: %s", log, tail(log)).isZero();
            assertThat(Files.readString(log)).contains("Done ");
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    private static List<String> command(String name, Path corpus, Path findings) {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                // Jazzer loads a native library and an agent of its own.
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                classes,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + targetClass(name).getName(),
                "--instrumentation_includes=org.patchoscope.mail.**",
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/",
                "-max_total_time=" + Integer.getInteger("patchoscope.fuzz.seconds", 3),
                "-timeout=20",
                "-max_len=20000",
                "-print_final_stats=1",
                corpus.toString(),
                KEPT.resolve(name).toString()));
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
