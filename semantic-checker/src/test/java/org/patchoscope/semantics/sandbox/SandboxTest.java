// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    private static final long MIB = 1L << 20;
    private static final ResourceLimits SMALL = new ResourceLimits(Duration.ofSeconds(5), 256 * MIB, 20, MIB, MIB);

    @TempDir
    Path dir;

    private Sandbox sandbox = command -> new CommandOutcome.Unavailable("not probed");

    @BeforeEach
    void probe() {
        switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works works -> sandbox = works.sandbox();
            case SandboxProbe.Result.Broken broken -> Assumptions.abort(broken.why());
        }
    }

    private CommandOutcome sh(String script, ResourceLimits limits) {
        return sandbox.run(
                new Command(List.of("sh", "-c", script), dir, List.of(), List.of(dir), Map.of("WHO", "me"), limits));
    }

    private CommandOutcome.Finished finished(String script) {
        return (CommandOutcome.Finished) sh(script, SMALL);
    }

    @Test
    void passesOutputExitCodeAndEnvironment() {
        assertThat(finished("echo out-$WHO; echo err >&2; exit 7"))
                .isEqualTo(new CommandOutcome.Finished(7, "out-me\n", "err\n"));
    }

    @Test
    void hasNoNetwork() {
        CommandOutcome.Finished devices = finished("cat /proc/net/dev");
        assertThat(devices.stdout().lines().skip(2))
                .allMatch(line -> line.strip().startsWith("lo:"));
    }

    @Test
    void seesOnlyWhatIsNamed() throws Exception {
        Path secret = Files.createTempFile("secret", ".txt");
        try {
            assertThat(finished("cat " + secret).exit()).isNotZero();
            assertThat(finished("cat /etc/passwd").exit()).isNotZero();
            assertThat(finished("ls /root /home").exit()).isNotZero();
        } finally {
            Files.delete(secret);
        }
    }

    @Test
    void writesOnlyWhereAllowed() throws Exception {
        Path tree = Files.createDirectory(dir.resolve("tree"));
        CommandOutcome outcome = sandbox.run(new Command(
                List.of("sh", "-c", "echo x > x; echo x > /x; echo x > /usr/x; echo private > /tmp/y; cat /tmp/y"),
                tree,
                List.of(tree),
                List.of(),
                Map.of(),
                SMALL));
        assertThat(((CommandOutcome.Finished) outcome).stdout()).isEqualTo("private\n");
        assertThat(tree).isEmptyDirectory();
        assertThat(Path.of("/x")).doesNotExist();
        assertThat(finished("echo x > ok").exit()).isZero();
        assertThat(dir.resolve("ok")).hasContent("x\n");
    }

    @Test
    void stopsWhatRunsTooLong() {
        ResourceLimits second = new ResourceLimits(Duration.ofSeconds(1), 256 * MIB, 20, MIB, MIB);
        assertThat(sh("sleep 60", second)).isEqualTo(new CommandOutcome.LimitExceeded("time: 1 s"));
    }

    @Test
    void stopsWhatStartsTooManyProcesses() {
        assertThat(sh("for i in $(seq 60); do sleep 30 & done; wait", SMALL))
                .isEqualTo(new CommandOutcome.LimitExceeded("processes: 20"));
    }

    @Test
    void stopsWhatWritesTooMuch() {
        assertThat(sh("yes", SMALL)).isInstanceOf(CommandOutcome.LimitExceeded.class);
        assertThat(finished("head -c 5000000 /dev/zero > big").exit()).isNotZero();
        assertThat(dir.resolve("big")).hasSize(MIB);
    }

    @Test
    void stopsWhatTakesTooMuchMemory() {
        CommandOutcome outcome = sh("head -c 600000000 /dev/zero | tail -c 500000000 > /dev/null", SMALL);
        assertThat(outcome)
                .satisfies(o -> assertThat(
                                o instanceof CommandOutcome.LimitExceeded || ((CommandOutcome.Finished) o).exit() != 0)
                        .isTrue());
    }

    @Test
    void aMissingProgramIsNotASuccess() {
        CommandOutcome outcome = new UnsandboxedRunner()
                .run(new Command(List.of("no-such-program"), dir, List.of(), List.of(), Map.of(), SMALL));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CommandOutcome.Finished.class, f -> assertThat(f.exit()).isEqualTo(127));
    }
}
