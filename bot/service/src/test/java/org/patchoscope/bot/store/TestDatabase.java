// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** The databases that the service runs on; what is tested on one is tested on the other by a subclass. */
public enum TestDatabase {
    EMBEDDED {
        @Override
        public Database open() {
            return Fixtures.database();
        }
    },
    /** A server of this process's own, on a free port, with its data in a temporary directory. */
    POSTGRESQL {
        @Override
        public Database open() {
            EmbeddedPostgres server = switch (Server.STARTED) {
                case Server.Start.Running r -> r.server();
                case Server.Start.Failed f -> Assumptions.abort("PostgreSQL cannot be started here: " + f.reason());
            };
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Database.open(server.getJdbcUrl("postgres", name), "postgres", "");
        }
    };

    /** An empty database of one's own. */
    public abstract Database open();

    /** Started when first needed; the library stops it when the process ends. */
    private static final class Server {
        static final Start STARTED = start();

        sealed interface Start {
            record Running(EmbeddedPostgres server) implements Start {}

            record Failed(String reason) implements Start {}
        }

        private static Start start() {
            try {
                return new Start.Running(EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "300")
                        .setLocaleConfig("locale", "C.UTF-8")
                        .start());
            } catch (IOException | RuntimeException e) {
                return new Start.Failed(e.toString());
            }
        }
    }
}
