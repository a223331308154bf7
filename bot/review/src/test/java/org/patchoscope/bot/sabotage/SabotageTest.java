// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Faults in a small function, of which each of the loud kinds must be found. The large run is deploy/sabotage.sh. */
class SabotageTest {
    private static final String SOURCE = """
            void hook(long value);
            long counter;
            long f(long a, long b)
            {
                if (a > 5)
                    hook(a + 1);
                counter = b;
                return a - b;
            }
            """;
    private static final Set<FaultKind> LOUD = Set.of(FaultKind.DROP_CALL, FaultKind.NEGATE, FaultKind.DROP_BRANCH);

    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void loudFaultsAreFoundAndQuietEditsAreNone(String arch) throws Exception {
        Toolchain toolchain = Toolchain.unpack(
                Path.of(System.getProperty("user.home"), ".cache", "patchoscope", "toolchain"), s -> {});
        try (World world = World.of(arch, compiled(toolchain, arch), toolchain)) {
            List<Fault> faults = Sabotage.sample(world, 1);
            assertThat(faults.stream().filter(f -> f.kind().preserving())).isNotEmpty();
            assertThat(faults.stream().filter(f -> LOUD.contains(f.kind()))).hasSizeGreaterThan(2);
            faults.removeIf(f -> !f.kind().preserving() && !LOUD.contains(f.kind()));
            for (Fault f : faults) {
                Judgement.Kind verdict =
                        world.compare(f, Duration.ofSeconds(30)).verdict();
                if (f.kind().preserving()) {
                    assertThat(verdict).as(f.id()).isNotEqualTo(Judgement.Kind.CHANGED);
                } else {
                    assertThat(verdict).as(f.id()).isEqualTo(Judgement.Kind.CHANGED);
                }
            }
        }
    }

    private Path compiled(Toolchain toolchain, String arch) throws Exception {
        Path source = Files.writeString(directory.resolve("small.c"), SOURCE);
        Path object = directory.resolve("small.o");
        Process p = new ProcessBuilder(
                        toolchain.tool("clang").toString(),
                        "--target=" + Target.of(arch).triple(),
                        "-g",
                        "-O2",
                        "-ffreestanding",
                        "-c",
                        source.toString(),
                        "-o",
                        object.toString())
                .inheritIO()
                .start();
        assertThat(p.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(p.exitValue()).isZero();
        return object;
    }
}
