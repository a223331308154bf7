// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.source.Arrival;
import org.patchoscope.mail.source.MailFeed;

/**
 * Brings a source's mail into a store: reading, parsing and storing overlap, each batch is one transaction. When it stops
 * half way it goes on there the next time.
 */
public final class Importer {
    /** Mails of a batch. */
    private static final int MOST_MAILS = 500;
    /** Mails that one thread makes ready in one go. */
    private static final int AT_ONCE = 40;
    /** Bytes of a batch; a larger mail is one of its own. */
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    /**
     * What an import did.
     *
     * @param read mails that the source delivered
     * @param repeated of these, how many were stored before
     * @param unreadable mails that the source has and could not deliver: which and why, the first of them
     * @param skipped how many those are
     */
    public record Result(long read, long repeated, List<String> unreadable, long skipped) {
        public Result {
            unreadable = List.copyOf(unreadable);
        }

        public Result(long read, long repeated) {
            this(read, repeated, List.of(), 0);
        }
    }

    /** Mails that cannot be read and that are named; the rest are counted. */
    private static final int MOST_NAMED = 100;

    private static final Future<Integer> NOTHING = CompletableFuture.completedFuture(0);

    private final MailStore store;
    private final LongConsumer progress;
    private final List<Arrival> waiting = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private long skipped;
    private long waitingBytes;
    private long read;
    private long stored;
    private long repeated;

    /**
     * @param progress told the number of mails stored so far, now and then
     */
    public Importer(MailStore store, LongConsumer progress) {
        this.store = store;
        this.progress = progress;
    }

    /** Reads a source from where reading it last stopped to its end. */
    public Result run(MailFeed feed) throws IOException, MailInputException {
        read = 0;
        stored = 0;
        repeated = 0;
        skipped = 0;
        unreadable.clear();
        try (ExecutorService parsers = Executors.newFixedThreadPool(2);
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Line line = new Line(feed.name(), parsers, writer);
            try {
                feed.read(store.position(feed.name()), line);
                line.flush();
            } finally {
                // What was read is stored, also when the source failed afterwards.
                line.drain();
            }
        }
        return new Result(read, repeated, unreadable, skipped);
    }

    /** One batch is written while the next is parsed and the one after it is read. */
    private final class Line implements MailFeed.Sink {
        private final String source;
        private final ExecutorService parsers;
        private final ExecutorService writer;
        private Future<Integer> written = NOTHING;
        private long inWriting;

        Line(String source, ExecutorService parsers, ExecutorService writer) {
            this.source = source;
            this.parsers = parsers;
            this.writer = writer;
        }

        @Override
        public void accept(Arrival arrival) throws IOException {
            waiting.add(arrival);
            waitingBytes += arrival.raw().length;
            read++;
            if (waiting.size() >= MOST_MAILS || waitingBytes >= MOST_BYTES) {
                flush();
            }
        }

        @Override
        public void unreadable(String what) {
            skipped++;
            if (unreadable.size() < MOST_NAMED) {
                unreadable.add(what);
            }
        }

        void flush() throws IOException {
            if (waiting.isEmpty()) {
                return;
            }
            List<Arrival> batch = List.copyOf(waiting);
            waiting.clear();
            waitingBytes = 0;
            List<Future<List<PreparedMail>>> parsed = new ArrayList<>();
            for (int start = 0; start < batch.size(); start += AT_ONCE) {
                List<Arrival> some = batch.subList(start, Math.min(batch.size(), start + AT_ONCE));
                parsed.add(parsers.submit((Callable<List<PreparedMail>>) () -> PreparedMail.all(some)));
            }
            settle();
            String position = batch.getLast().position();
            inWriting = batch.size();
            written = writer.submit(() -> {
                List<PreparedMail> mails = new ArrayList<>();
                for (Future<List<PreparedMail>> some : parsed) {
                    mails.addAll(some.get());
                }
                return store.write(source, mails, position);
            });
        }

        void drain() throws IOException {
            settle();
        }

        private void settle() throws IOException {
            try {
                repeated += written.get();
                written = NOTHING;
                stored += inWriting;
                inWriting = 0;
                progress.accept(stored);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case IOException io -> throw io;
                    case RuntimeException wrong -> throw wrong;
                    case Error wrong -> throw wrong;
                    case null, default -> throw new IOException(e);
                }
            }
        }
    }
}
