// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store between processes: one at a time, and nothing lost or repeated when one is killed. */
final class ProcessesTest {
    private static Process child(Path store) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StoreChild.class.getName(),
                        store.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static MailStore open(Path folder) throws StoreException {
        return MailStore.open(new StoreLocation.Directory(folder), Duration.ZERO, Clock.systemUTC());
    }

    @Test
    void aKilledImportLosesNothingAndRepeatsNothing(@TempDir Path folder) throws Exception {
        for (int round = 1; round <= 2; round++) {
            Process child = child(folder);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                for (int lines = 0; lines < 3 + round; lines++) {
                    assertThat(out.readLine()).startsWith("stored ");
                }
                assertThatThrownBy(() -> open(folder))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.advice()).contains("PostgreSQL"))
                        .hasMessage("another process has this store open");
            } finally {
                child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
            try (MailStore store = open(folder)) {
                long position = Long.parseLong(store.position("endless"));
                StoreStatistics all = store.archive().statistics();
                assertThat(position).isGreaterThan(500L * round);
                assertThat(all.mails()).isEqualTo(position);
                assertThat(all.inSeries()).isEqualTo(position);
                assertThat(all.repeated()).isZero();
                assertThat(store.archive().series(List.of(), Archive.Parts.ANY, 1_000_000))
                        .hasSize((int) (position + 3) / 4);
            }
        }
    }
}
