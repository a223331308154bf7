// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The databases that a store runs on; tests with this as a parameter run on both. */
enum TestDatabase {
    /** H2 in a directory. */
    EMBEDDED {
        @Override
        StoreLocation empty(Path folder) {
            return new StoreLocation.Directory(folder.resolve("store"));
        }
    },
    /** A PostgreSQL server of this process's own, on a free port of this machine, with its data in a temporary directory. One test at a time. */
    POSTGRESQL {
        @Override
        StoreLocation empty(Path folder) throws SQLException {
            Assumptions.assumeFalse(Lazy.SERVER.running().isEmpty(), Lazy.SERVER.whyNot());
            EmbeddedPostgres server = Lazy.SERVER.running().getFirst();
            // One database, emptied for each test: a new one for each takes long to make and to clear away.
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop schema public cascade; create schema public");
            }
            return new StoreLocation.Server(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
        }
    };

    /** A place for a store that is not there yet. */
    abstract StoreLocation empty(Path folder) throws SQLException;

    /**
     * A server, or why there is none.
     *
     * @param running at most one
     */
    private record Server(List<EmbeddedPostgres> running, String whyNot) {
        static Server start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setLocaleConfig("locale", "C.UTF-8")
                        .start();
                return new Server(List.of(server), "");
            } catch (IOException | RuntimeException e) {
                return new Server(List.of(), "PostgreSQL cannot be started here: " + e);
            }
        }
    }

    /** Started when first needed; the library stops it when the process ends. */
    private static final class Lazy {
        static final Server SERVER = Server.start();
    }
}
