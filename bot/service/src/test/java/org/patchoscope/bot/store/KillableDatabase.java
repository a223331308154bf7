// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server of one's own, which can be killed as it stands and started again on what it left. */
public final class KillableDatabase implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres server;

    private KillableDatabase(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    /** Starts one on an empty directory. */
    public static KillableDatabase start(Path data) {
        try {
            return new KillableDatabase(data, builder(data).start());
        } catch (IOException | RuntimeException e) {
            return Assumptions.abort("PostgreSQL cannot be started here: " + e);
        }
    }

    /** Its JDBC address, the same for its whole life. */
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** Kills it with signal 9; those that it started notice, and end. */
    public void kill() throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(20, TimeUnit.SECONDS);
    }

    /** Starts it again, where it was. */
    public void startAgain() throws Exception {
        int port = server.getPort();
        // Gives back the lock on the directory; the process is gone already.
        server.close();
        for (int i = 0; ; i++) {
            try {
                server = builder(data).setPort(port).start();
                return;
            } catch (IOException | RuntimeException e) {
                // What the killed one started may not have ended yet.
                if (i == 10) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C.UTF-8");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
