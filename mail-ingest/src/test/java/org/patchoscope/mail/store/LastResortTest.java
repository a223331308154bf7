// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process whose store hangs ends at once, whatever else it waits for. */
@Timeout(60)
class LastResortTest {
    @Test
    void theProcessEndsWithAStatusOfItsOwnAndSaysWhy() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hanging.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(75);
        assertThat(said)
                .contains(
                        "the store of mail failed",
                        "has not come back",
                        "status 75",
                        "room on the disk",
                        "is repeated");
    }

    /** A process whose hooks for its end hang, too. */
    static final class Hanging {
        private Hanging() {}

        /** Ends. */
        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                while (true) {
                    Thread.onSpinWait();
                }
            }));
            LastResort.end("mail", System.err::println);
        }
    }
}
