// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.patchoscope.mail.store.ReadWatch;
import org.postgresql.ds.PGSimpleDataSource;

/** The database: a file beside the service, or PostgreSQL. Opening it brings its tables up to date. */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    /** That no statement of ours takes; those that bring tables up to date neither. */
    private static final int LONGEST_SECONDS = 300;

    private final HikariDataSource pool;
    private final Optional<ReadWatch> watch;

    private Database(HikariDataSource pool, Optional<ReadWatch> watch) {
        this.pool = pool;
        this.watch = watch;
    }

    /** Opens the embedded database in a directory; one process at a time. */
    public static Database embedded(Path directory) {
        return open(file("file:", directory), "sa", "");
    }

    /**
     * The same, watched after failures.
     *
     * @param unreadable called when something has not come back for a minute after a failure; only a new process helps then
     */
    public static Database embedded(Path directory, Runnable unreadable) {
        return watched(file("file:", directory), new ReadWatch(ReadWatch.Pace.USUAL, unreadable));
    }

    static Database watched(String url, ReadWatch watch) {
        return new Database(opened(url, "sa", ""), Optional.of(watch));
    }

    /** Its address, by the name that H2 has for a kind of file system. */
    static String file(String kind, Path directory) {
        // Whoever opened it closes it: at a signal H2 would do so at once, while reviews still go back to the queue.
        return "jdbc:h2:" + kind + directory.toAbsolutePath().resolve("reviews") + H2 + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    /** Opens an embedded database that is gone with the process. */
    public static Database inMemory(String name) {
        return open("jdbc:h2:mem:" + name + H2 + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    /** Without a delay: by default the last half second of what was committed is lost when the process is killed. */
    private static final String H2 = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0";

    /** As above, whatever the server has for a default: off, it forgets what was committed last when it is killed. */
    private static final String POSTGRESQL = "set synchronous_commit = on";

    /** Opens a database by its JDBC address. */
    public static Database open(String url, String user, String password) {
        return new Database(opened(url, user, password), Optional.empty());
    }

    private static HikariDataSource opened(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source(url, user, password));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName("reviews");
        if (isPostgresql(url)) {
            config.setConnectionInitSql(POSTGRESQL);
        }
        HikariDataSource pool = new HikariDataSource(config);
        try {
            migrate(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return pool;
    }

    /** Named outright: what the drivers' registry knows depends on who loaded this class. */
    private static DataSource source(String url, String user, String password) {
        if (isPostgresql(url)) {
            PGSimpleDataSource out = new PGSimpleDataSource();
            out.setUrl(url);
            out.setUser(user);
            out.setPassword(password);
            // A machine that is gone says nothing: without these one would wait for it for ever.
            out.setTcpKeepAlive(true);
            out.setSocketTimeout(LONGEST_SECONDS);
            return out;
        }
        JdbcDataSource out = new JdbcDataSource();
        out.setURL(url);
        out.setUser(user);
        out.setPassword(password);
        return out;
    }

    private static boolean isPostgresql(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    private static void migrate(DataSource source) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:org/patchoscope/bot/store")
                .table("service_schema")
                .load()
                .migrate();
    }

    /** For libraries that keep tables of their own in it. */
    public DataSource source() {
        return pool;
    }

    /** Work on a connection. */
    public interface Work<T> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    /** Does all of it or nothing. */
    public <T> T transact(Work<T> work) {
        return watched(() -> transaction(work));
    }

    private <T> T transaction(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** A connection that is gone cannot be rolled back; why it is gone is told, and not that. */
    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /** Reads without a transaction. */
    public <T> T read(Work<T> work) {
        return watched(() -> {
            try (Connection connection = pool.getConnection()) {
                return work.on(connection);
            } catch (SQLException e) {
                throw failed(e);
            }
        });
    }

    private <T> T watched(Supplier<T> asked) {
        return watch.isEmpty() ? asked.get() : watch.get().ask(asked::get);
    }

    /** The embedded database closes itself when it cannot write, and opens again when nobody holds it any more. */
    private StoreException failed(SQLException e) {
        watch.ifPresent(ReadWatch::failed);
        if (e.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        return new StoreException(e);
    }

    @Override
    public void close() {
        watch.ifPresent(ReadWatch::end);
        pool.close();
    }
}
