// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.patchoscope.mail.store.LastResort;

/**
 * No file can be written for a while: not the embedded database, not the index, not the store of mail. The kernel is asked to
 * fail writes of the process (RLIMIT_FSIZE), because a disk of one's own needs rights that a test has not.
 */
@Timeout(600)
class FullDiskTest extends KillTest {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final int SERIES = 12;

    /** H2 2.4.240 may not end: docs/service.md, "Tried". Where that is in the reviews' store the child says so and is started anew. */
    @Test
    @Override
    @EnabledIfSystemProperty(named = "patchoscope.fullDisk", matches = "true", disabledReason = "may not end")
    void everySeriesIsReviewedOnceAndNoReplySentTwice() throws Exception {
        assertThat(PRLIMIT).as("prlimit (Debian: util-linux)").exists();
        List<String> failures = new CopyOnWriteArrayList<>();
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            KilledChild.prepare(folder);
            for (int i = 1; i <= SERIES; i++) {
                mail(i);
            }
            Process child = start("patient", server.getSmtp().getPort(), SERIES);
            try (BufferedReader said = child.inputReader()) {
                String line = said.readLine();
                while (line != null && !line.equals("decide")) {
                    line = said.readLine();
                }
                Thread reader = Thread.ofVirtual()
                        .start(() ->
                                said.lines().filter(l -> l.startsWith("failed")).forEach(failures::add));
                for (int i = 0; i < 3 && child.isAlive(); i++) {
                    limit(child, "0:unlimited");
                    Thread.sleep(1_500);
                    limit(child, "unlimited:unlimited");
                    Thread.sleep(500);
                }
                assertThat(child.waitFor(4, TimeUnit.MINUTES))
                        .as(() -> "it goes on when there is room again; its errors: " + errors())
                        .isTrue();
                reader.join();
                System.out.println("after three times without room it ended with status " + child.exitValue());
                if (child.exitValue() == LastResort.UNREADABLE) {
                    child = start("patient", server.getSmtp().getPort(), SERIES);
                    child.getInputStream().transferTo(OutputStream.nullOutputStream());
                    assertThat(child.waitFor(4, TimeUnit.MINUTES)).isTrue();
                }
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.exitValue()).as(this::errors).isZero();
            assertThat(failures).as("writes did fail").anyMatch(f -> f.contains("the database"));
            check(server, SERIES);
        } finally {
            server.stop();
        }
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void limit(Process child, String bytes) throws Exception {
        Process limit = new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(child.pid()), "--fsize=" + bytes)
                .inheritIO()
                .start();
        limit.waitFor();
    }
}
