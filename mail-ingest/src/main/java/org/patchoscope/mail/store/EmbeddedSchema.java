// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;

/**
 * Makes and upgrades the file of an embedded store so that it can be killed at any time: H2 commits every statement that
 * changes a schema, so the work is done on a file beside, which then takes the other's place in one step. A file that was left
 * half made before it held any mail is made anew.
 */
final class EmbeddedSchema {
    /** Where the file is made; what is left there is of somebody who was killed. */
    private static final String BESIDE = "making";

    private static final String FILE = Database.FILE + ".mv.db";
    /** Bytes below which a file that cannot be opened never held any mail: the schema alone takes more. */
    private static final long NO_MAIL = 64 * 1024;

    private final Path directory;
    private final Path file;
    private final Path beside;

    EmbeddedSchema(Path directory) {
        this.directory = directory;
        file = directory.resolve(FILE);
        beside = directory.resolve(BESIDE);
    }

    /**
     * Opens the store with the newest schema. The caller keeps other processes from doing the same.
     *
     * @throws org.flywaydb.core.api.FlywayException when the schema cannot be brought up to date
     */
    Connection open() throws IOException, SQLException {
        clear();
        if (!Files.exists(file)) {
            make();
        }
        Connection connection = existing();
        boolean current = false;
        try {
            Flyway flyway = flyway(directory);
            boolean failed = Stream.of(flyway.info().all()).anyMatch(m -> m.getState() == MigrationState.FAILED);
            current = !failed && flyway.info().pending().length == 0;
            if (current) {
                return connection;
            }
            if (hasMail(connection)) {
                connection.close();
                upgrade();
            } else {
                connection.close();
                make();
            }
            return Database.connect(Database.url(directory), new Properties());
        } finally {
            if (!current && !connection.isClosed()) {
                connection.close();
            }
        }
    }

    private Connection existing() throws IOException, SQLException {
        try {
            return Database.connect(Database.url(directory), new Properties());
        } catch (SQLException e) {
            if (e.getErrorCode() == Database.IN_USE || Files.size(file) >= NO_MAIL) {
                throw e;
            }
            make();
            return Database.connect(Database.url(directory), new Properties());
        }
    }

    private void make() throws IOException, SQLException {
        clear();
        Files.createDirectories(beside);
        migrateAndMove();
    }

    private void upgrade() throws IOException, SQLException {
        Files.createDirectories(beside);
        Files.copy(file, beside.resolve(FILE));
        migrateAndMove();
    }

    private void migrateAndMove() throws IOException, SQLException {
        // The connection keeps the database open while Flyway works on others; its end writes all to the disk.
        try (Connection held = Database.connect(Database.url(beside), new Properties())) {
            flyway(beside).migrate();
            held.commit();
        }
        Files.move(beside.resolve(FILE), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        clear();
    }

    private static Flyway flyway(Path where) {
        return Database.flyway(Database.url(where), new Properties());
    }

    /** Whether a source was ever read into it. */
    private static boolean hasMail(Connection connection) throws SQLException {
        for (String table : List.of("mail", "source_position")) {
            try (ResultSet tables = connection.getMetaData().getTables(null, "public", table, null);
                    Statement statement = connection.createStatement()) {
                if (tables.next()
                        && statement
                                .executeQuery("select 1 from " + table + " limit 1")
                                .next()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void clear() throws IOException {
        if (Files.exists(beside)) {
            List<Path> left;
            try (Stream<Path> all = Files.walk(beside)) {
                left = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : left) {
                Files.delete(path);
            }
        }
    }
}
