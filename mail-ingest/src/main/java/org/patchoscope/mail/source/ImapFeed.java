// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.patchoscope.mail.mbox.MailInputException;

/**
 * A folder on an IMAP server, read without changing it. The position is the folder's UIDVALIDITY and the last UID
 * (RFC 3501, 2.3.1.1); under another UIDVALIDITY all UIDs are others and the folder is read again.
 */
final class ImapFeed implements MailFeed {
    static final String EXAMPLE = "imaps://user@mail.example.org/INBOX";
    private static final String TIMEOUT_MILLIS = "60000";

    private final ServerAddress address;
    private final String password;
    private Optional<Store> store = Optional.empty();
    private Optional<IMAPFolder> folder = Optional.empty();

    ImapFeed(ServerAddress address, String password) {
        this.address = address;
        this.password = password;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public void read(String position, Sink sink) throws IOException, MailInputException {
        try {
            IMAPFolder open = open();
            String validity = String.valueOf(open.getUIDValidity());
            String[] known = position.split(" ");
            boolean same = known.length == 2 && known[0].equals(validity) && known[1].matches("\\d{1,18}");
            long last = same ? Long.parseLong(known[1]) : 0;
            for (Message message : open.getMessagesByUID(last + 1, UIDFolder.LASTUID)) {
                long uid = message == null ? 0 : open.getUID(message);
                // A range that starts beyond the last mail stands for the last mail.
                if (message instanceof IMAPMessage mail && uid > last) {
                    deliver(mail, validity + " " + uid, sink);
                    mail.invalidateHeaders();
                }
            }
        } catch (AuthenticationFailedException e) {
            throw refused(e);
        } catch (MessagingException e) {
            close();
            throw new IOException("reading " + name() + " failed: " + e.getMessage(), e);
        }
    }

    private static void deliver(IMAPMessage mail, String position, Sink sink) throws IOException, MessagingException {
        byte[] raw;
        boolean cut;
        Instant arrived;
        try (InputStream in = mail.getMimeStream()) {
            Date received = mail.getReceivedDate();
            arrived = received == null ? Instant.EPOCH : received.toInstant();
            raw = in.readNBytes(MailLimits.MOST_BYTES);
            cut = in.read() >= 0;
        } catch (IOException | MessagingException e) {
            // Without the connection none of the others can be read either.
            if (!mail.getFolder().isOpen()) {
                throw e;
            }
            sink.unreadable("the message with UID " + position.substring(position.indexOf(' ') + 1) + " (" + e + ")");
            return;
        }
        sink.accept(new Arrival(raw, Arrival.Change.ADDED, arrived, cut, position));
    }

    /** Waits in IDLE (RFC 2177); a server without it is looked at again when the time is over. */
    @Override
    public void awaitNews(Duration longest) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        try (ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor()) {
            IMAPFolder open = open();
            // Any command ends IDLE.
            var ring = alarm.schedule(open::getMessageCount, longest.toMillis(), TimeUnit.MILLISECONDS);
            open.idle(true);
            ring.cancel(false);
        } catch (MessagingException | MailInputException e) {
            long left = end - System.nanoTime();
            if (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
            }
        }
    }

    private IMAPFolder open() throws IOException, MessagingException, MailInputException {
        if (folder.isPresent() && folder.get().isOpen()) {
            return folder.get();
        }
        close();
        Store connected = session().getStore(address.scheme());
        store = Optional.of(connected);
        connected.connect(address.host(), address.port(), address.user(), password);
        Folder opened = connected.getFolder(address.box());
        if (!opened.exists() || !(opened instanceof IMAPFolder imap)) {
            throw new MailInputException(
                    MailInputException.Kind.UNREADABLE,
                    "there is no folder " + address.box(),
                    name(),
                    "check the folder's name, upper and lower case too");
        }
        imap.open(Folder.READ_ONLY);
        folder = Optional.of(imap);
        return imap;
    }

    private Session session() {
        Properties settings = new Properties();
        String prefix = "mail." + address.scheme() + ".";
        settings.setProperty(prefix + "peek", "true");
        settings.setProperty(prefix + "partialfetch", "false");
        settings.setProperty(prefix + "connectiontimeout", TIMEOUT_MILLIS);
        settings.setProperty(prefix + "writetimeout", TIMEOUT_MILLIS);
        settings.setProperty(prefix + "ssl.checkserveridentity", "true");
        settings.setProperty(prefix + "starttls.enable", "true");
        return Session.getInstance(settings);
    }

    private MailInputException refused(AuthenticationFailedException cause) {
        MailInputException out = new MailInputException(
                MailInputException.Kind.UNREADABLE,
                "the server refuses the login",
                name(),
                "put the password into PATCHOSCOPE_IMAP_PASSWORD and the user into the address: " + EXAMPLE);
        out.initCause(cause);
        return out;
    }

    @Override
    public void close() throws IOException {
        try {
            if (store.isPresent()) {
                store.get().close();
            }
        } catch (MessagingException e) {
            throw new IOException("closing " + name() + " failed: " + e.getMessage(), e);
        } finally {
            store = Optional.empty();
            folder = Optional.empty();
        }
    }
}
