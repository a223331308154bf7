// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens the database of a store and brings its schema up to date. */
final class Database {
    /** Name of an embedded database in its directory. */
    static final String FILE = "mail";

    /** Locked by whoever opens a store, until it is open. */
    private static final String OPENING = "opening.lock";

    private static final String H2 = "jdbc:h2:";
    /** H2's error for a file that another process has locked. */
    static final int IN_USE = 90020;
    /** PostgreSQL's modes of comparison and types, no shutdown hook, and a commit is on the disk when it returns. */
    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;FILE_LOCK=FS;WRITE_DELAY=0;CACHE_SIZE=65536;DB_CLOSE_ON_EXIT=FALSE";

    /** Bytes below which nobody minds. */
    private static final long WORTH_COMPACTING = 32L * 1024 * 1024;
    /** Percent of the file that hold what is stored now; below, it is written anew. */
    private static final long USED_PERCENT = 80;

    private Database() {}

    /**
     * Opens a store, which is made when it is not there.
     *
     * @param patience how long to wait for another process that has the directory open
     */
    static Connection open(StoreLocation location, Duration patience) throws StoreException {
        return switch (location) {
            case StoreLocation.Directory directory -> embedded(directory.path().toAbsolutePath(), patience);
            case StoreLocation.Server server -> server(server);
        };
    }

    private static Connection embedded(Path directory, Duration patience) throws StoreException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreException("cannot be made (" + e + ")", directory.toString(), "choose another place", e);
        }
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Connection> opened = tryOpen(directory);
            if (opened.isPresent()) {
                return opened.get();
            }
            if (System.nanoTime() >= end) {
                throw new StoreException(
                        "another process has this store open",
                        directory.toString(),
                        "wait until it has ended, or keep the store in PostgreSQL, which several can use");
            }
            pause();
        }
    }

    /** Opens an embedded store; empty while another process has it open, or is about to open it. */
    private static Optional<Connection> tryOpen(Path directory) throws StoreException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(OPENING), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return Optional.empty();
            }
            Connection connection = new EmbeddedSchema(directory).open();
            connection.setAutoCommit(false);
            return Optional.of(connection);
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (FlywayException e) {
            throw outdated(directory.toString(), e);
        } catch (IOException e) {
            throw new StoreException("cannot be made (" + e + ")", directory.toString(), "choose another place", e);
        } catch (SQLException e) {
            if (e.getErrorCode() == IN_USE) {
                return Optional.empty();
            }
            throw failed(directory.toString(), e);
        }
    }

    static String url(Path directory) {
        return H2 + "file:" + directory.resolve(FILE) + H2_OPTIONS;
    }

    private static Connection server(StoreLocation.Server server) throws StoreException {
        Properties login = new Properties();
        if (!server.user().isEmpty()) {
            login.setProperty("user", server.user());
        }
        if (!server.password().isEmpty()) {
            login.setProperty("password", server.password());
        }
        try {
            return migrated(server.url(), login, server.url());
        } catch (SQLException e) {
            throw failed(server.url(), e);
        }
    }

    private static Connection migrated(String url, Properties login, String where) throws SQLException, StoreException {
        Connection connection = connect(url, login);
        try {
            // PostgreSQL takes back a schema that was not finished.
            flyway(url, login).migrate();
            connection.setAutoCommit(false);
            return connection;
        } catch (FlywayException e) {
            connection.close();
            throw outdated(where, e);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static Flyway flyway(String url, Properties login) {
        return Flyway.configure(Database.class.getClassLoader())
                .dataSource(url, login.getProperty("user"), login.getProperty("password"))
                .locations("classpath:org/patchoscope/mail/store")
                .load();
    }

    private static StoreException outdated(String where, FlywayException e) {
        return new StoreException(
                "its schema cannot be brought up to date ("
                        + String.valueOf(e.getMessage()).strip() + ")",
                where,
                "use the version of Patchoscope that last wrote it, or a newer one",
                e);
    }

    /** H2 is named outright: what the drivers' registry knows depends on who asked it first. */
    static Connection connect(String url, Properties login) throws SQLException {
        return url.startsWith(H2) ? new org.h2.Driver().connect(url, login) : DriverManager.getConnection(url, login);
    }

    /**
     * Whether so much of an embedded store's file is left over from earlier states that writing it anew pays: it grows to twice of
     * what it holds where each mail changes pages that all others have in common.
     */
    static boolean isWasteful(Session session) throws SQLException {
        return info(session, "info.FILE_SIZE") > WORTH_COMPACTING
                && info(session, "info.CHUNKS_FILL_RATE") < USED_PERCENT;
    }

    private static long info(Session session, String name) throws SQLException {
        return session.first(
                        "select setting_value from information_schema.settings where setting_name = ?",
                        r -> Long.parseLong(r.getString(1)),
                        name)
                .orElse(100L);
    }

    /** What a failed statement means to the user. */
    static StoreException failed(String where, SQLException e) {
        return new StoreException(
                "the store failed (" + String.valueOf(e.getMessage()).strip() + ")",
                where,
                "check the disk or the server and run it again: what was not finished is repeated",
                e);
    }

    private static void pause() throws StoreException {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted", "waiting for the store", "run it again", e);
        }
    }
}
