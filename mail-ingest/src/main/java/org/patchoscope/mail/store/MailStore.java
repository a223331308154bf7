// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.SeriesLookup;

/**
 * Mail of whole archives, its threads, series and topics. All that is derived follows from the raw mail alone, in whatever
 * order it came. Not for use by several threads at once.
 */
public final class MailStore implements SeriesLookup, AutoCloseable {
    /** How long to wait for another process with the same directory. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StoreLocation location;
    private final Connection connection;
    private final Session session;
    private final Mailbox mailbox;
    private final Clock clock;
    private final ReadWatch watch;
    private volatile boolean changed;

    private MailStore(StoreLocation location, Connection connection, Clock clock, ReadWatch watch) {
        this.location = location;
        this.connection = connection;
        this.clock = clock;
        this.watch = watch;
        session = new Session(connection);
        mailbox = new Mailbox(session);
    }

    /** Opens a store; it is made when it is not there. */
    public static MailStore open(StoreLocation location) throws StoreException {
        return open(location, PATIENCE, Clock.systemUTC());
    }

    /** Opens a store for which nothing is done if it hangs. */
    public static MailStore open(StoreLocation location, Duration patience, Clock clock) throws StoreException {
        return open(location, patience, clock, () -> {});
    }

    /**
     * Opens a store.
     *
     * @param patience how long to wait for another process that has the directory open
     * @param clock for the times at which series changed
     * @param hangs what is to be done when, after a failure, something asked of the store has not come back for a minute: only a
     *     new process helps then
     */
    public static MailStore open(StoreLocation location, Duration patience, Clock clock, Runnable hangs)
            throws StoreException {
        return open(location, patience, clock, new ReadWatch(ReadWatch.Pace.USUAL, hangs));
    }

    static MailStore open(StoreLocation location, Duration patience, Clock clock, ReadWatch watch)
            throws StoreException {
        return new MailStore(location, Database.open(location, patience), clock, watch);
    }

    /** Where reading of a source goes on; empty when it was never read. */
    public String position(String source) throws StoreException {
        return ask(() -> session.first(
                        "select position from source_position where source = ?", r -> r.getString(1), source)
                .orElse(""));
    }

    /**
     * Stores mail and the position after it: both or, when it fails, nothing.
     *
     * @return how many were stored before
     */
    int write(String source, List<PreparedMail> mails, String position) throws StoreException {
        return change(() -> new Batch(session, mailbox).write(source, mails, position, clock.instant()));
    }

    /** Questions about single mails and lists of series. */
    public Archive archive() {
        return new Archive(this, session, mailbox);
    }

    /** Commands that came by mail. */
    public CommandQueue commands() {
        return new CommandQueue(this, session, mailbox, clock);
    }

    /** What came, for a program that follows this store. */
    public SeriesNews news() {
        return new SeriesNews(this, session, mailbox);
    }

    @Override
    public Optional<Found> find(MessageId id) throws IOException {
        return ask(() -> new StoredSeries(session, mailbox).find(id));
    }

    @Override
    public void close() throws StoreException {
        try {
            watch.ask(() -> {
                connection.rollback();
                if (changed && location instanceof StoreLocation.Directory && Database.isWasteful(session)) {
                    session.update("shutdown compact");
                }
                connection.close();
                return true;
            });
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            watch.end();
        }
    }

    private StoreException failed(SQLException e) {
        watch.failed();
        return Database.failed(location.toString(), e);
    }

    /** Something that asks the database. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Runs a question and ends its transaction, so that the next one sees what others wrote meanwhile. */
    <T> T ask(Work<T> work) throws StoreException {
        try {
            return watch.ask(() -> {
                T result = work.run();
                session.rollback();
                return result;
            });
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> T change(Work<T> work) throws StoreException {
        boolean done = false;
        try {
            T result = watch.ask(() -> {
                T made = work.run();
                session.commit();
                changed = true;
                return made;
            });
            done = true;
            return result;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (!done) {
                undo();
            }
        }
    }

    private void undo() {
        mailbox.clear();
        try {
            watch.ask(() -> {
                session.rollback();
                return true;
            });
        } catch (SQLException e) {
            // A connection that cannot roll back is lost, and with it the transaction; the first error is reported.
            return;
        }
    }
}
