// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.work.BoundedTime;
import org.patchoscope.semantics.work.TimeIsUp;
import org.patchoscope.semantics.work.WorkCancelled;
import org.patchoscope.semantics.work.WorkTime;

@Timeout(60)
class StoppableSandboxTest {
    private static final long MIB = 1L << 20;

    @TempDir
    private Path directory;

    @Test
    void withTimeLeftACommandEndsAsItDoesWithoutABound() {
        assertThat(sh("echo out; exit 7", WorkTime.UNBOUNDED)).isEqualTo(new CommandOutcome.Finished(7, "out\n", ""));
    }

    @Test
    void aCommandIsKilledWhenTimeIsUp() throws Exception {
        BoundedTime time = time(Duration.ofSeconds(1));

        assertThatExceptionOfType(TimeIsUp.class).isThrownBy(() -> sh("sleep 2; touch ended; sleep 60", time));
        assertGone();
    }

    @Test
    void aCommandIsKilledWhenItIsCancelled() throws Exception {
        BoundedTime time = time(Duration.ofHours(1));
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            time.cancel();
        });

        assertThatExceptionOfType(WorkCancelled.class).isThrownBy(() -> sh("sleep 2; touch ended; sleep 60", time));
        assertGone();
    }

    @Test
    void noneIsStartedWithoutTime() {
        assertThatExceptionOfType(TimeIsUp.class).isThrownBy(() -> sh("touch ended", time(Duration.ZERO)));
        assertThat(directory.resolve("ended")).doesNotExist();
    }

    private void assertGone() throws InterruptedException {
        Thread.sleep(2_500);
        assertThat(Files.exists(directory.resolve("ended")))
                .as("what would come after the kill")
                .isFalse();
    }

    private static BoundedTime time(Duration bound) {
        return new BoundedTime(bound, "it was up", System::nanoTime);
    }

    private CommandOutcome sh(String script, WorkTime time) {
        ResourceLimits limits = new ResourceLimits(Duration.ofSeconds(50), 256 * MIB, 20, MIB, MIB);
        return new StoppableSandbox(new UnsandboxedRunner(), time)
                .run(new Command(List.of("sh", "-c", script), directory, List.of(), List.of(), Map.of(), limits));
    }
}
