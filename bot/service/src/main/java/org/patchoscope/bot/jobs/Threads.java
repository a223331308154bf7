// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.patchoscope.bot.store.Mboxrd;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;

/** Whole threads, as an archive has them: what the store of mail has, what was handed in, and the mails of the series itself. */
public final class Threads {
    private static final Logger LOG = Logger.getLogger(Threads.class);

    private final SeriesStore series;
    private final MailLookup mail;
    /** An embedded store of mail has room for one, and others wait for it. */
    private final Semaphore reading = new Semaphore(1);

    public Threads(SeriesStore series, MailLookup mail) {
        this.series = series;
        this.mail = mail;
    }

    /** The thread of a mail as an mboxrd; nothing if no series here has it. */
    public Optional<byte[]> of(MessageId id) {
        Optional<StoredSeries> found = series.byMessage(id.key());
        return found.map(s -> {
            Map<String, byte[]> mails = new LinkedHashMap<>();
            own(s.id()).forEach(m -> mails.putIfAbsent(m.id().key(), m.raw()));
            for (byte[] raw : series.thread(s.id())) {
                put(mails, raw);
            }
            archived(id).forEach(raw -> put(mails, raw));
            return Mboxrd.of(List.copyOf(mails.values()));
        });
    }

    private static void put(Map<String, byte[]> mails, byte[] raw) {
        mails.putIfAbsent(MailSource.readMessage(raw).id().key(), raw);
    }

    private List<Message> own(long id) {
        try {
            return MailSource.read(new ByteArrayInputStream(series.mails(id)), "the store");
        } catch (MailInputException e) {
            throw new IllegalStateException("mails of series " + id + " were read before", e);
        }
    }

    private List<byte[]> archived(MessageId id) {
        reading.acquireUninterruptibly();
        try {
            return mail.thread(id);
        } catch (IOException e) {
            LOG.infof("a thread is given away without what the store of mail has: %s", e.getMessage());
            return List.of();
        } finally {
            reading.release();
        }
    }
}
