// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jboss.logging.Logger;
import org.patchoscope.config.Secrets;

/**
 * Sends what is due over SMTP, each mail at most once. It is taken from the outbox first, and durably; only where the server
 * certainly did not take it (no connection, or an answer that says no) is it given back.
 */
public final class Postman {
    private static final Logger LOG = Logger.getLogger(Postman.class);

    /**
     * The server.
     *
     * @param user to log in with, or empty
     * @param tls how the connection is encrypted
     */
    public record Server(String host, int port, String user, String password, Tls tls) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Encryption. */
    public enum Tls {
        /** From the first byte. */
        IMPLICIT,
        /** By STARTTLS, which the server must offer. */
        STARTTLS,
        /** None: for a server on this machine only. */
        NONE
    }

    private final Outbox outbox;
    private final Server server;
    private final Duration patience;

    public Postman(Outbox outbox, Server server) {
        this(outbox, server, Duration.ofSeconds(60));
    }

    /**
     * Makes one.
     *
     * @param patience with a server that says nothing
     */
    public Postman(Outbox outbox, Server server, Duration patience) {
        this.outbox = outbox;
        this.server = server;
        this.patience = patience;
    }

    /** Sends what is due; how many were. */
    public int deliver() {
        List<Reply> due = outbox.due();
        if (due.isEmpty()) {
            return 0;
        }
        Session session = Session.getInstance(properties());
        int sent = 0;
        try (Transport transport = session.getTransport()) {
            transport.connect(
                    server.host(),
                    server.port(),
                    server.user().isEmpty() ? null : server.user(),
                    server.user().isEmpty() ? null : server.password());
            for (Reply reply : due) {
                // A connection that broke on the last mail must not put the next one at risk.
                if (!transport.isConnected()) {
                    break;
                }
                sent += outbox.take(reply.id()) && send(session, transport, reply) ? 1 : 0;
            }
        } catch (MessagingException e) {
            // None of them was taken: they stay due.
            LOG.warnf("the mail server %s: %s", server, e.getMessage());
        }
        return sent;
    }

    private boolean send(Session session, Transport transport, Reply reply) {
        try {
            MimeMessage mail = new MimeMessage(session, new ByteArrayInputStream(outbox.message(reply.id())));
            List<Address> to = new ArrayList<>();
            for (String address : reply.recipients()) {
                to.add(new InternetAddress(address, true));
            }
            transport.sendMessage(mail, to.toArray(Address[]::new));
            outbox.sent(reply.id());
            LOG.infof("reply %d sent for review %d", reply.id(), reply.review());
            return true;
        } catch (MessagingException e) {
            failed(reply, e);
            return false;
        }
    }

    private void failed(Reply reply, MessagingException failure) {
        int code = code(failure);
        // It is kept, and shown on a page.
        String problem = Secrets.of(server.password())
                .hide(String.valueOf(failure.getMessage()).strip());
        if (code >= 400 && code < 500) {
            outbox.notSent(reply, problem);
        } else if (code >= 500) {
            outbox.refused(reply.id(), problem);
        } else {
            outbox.uncertain(reply.id(), problem);
        }
        LOG.warnf("reply %d: %s", reply.id(), problem);
    }

    /** The server's answer, or 0 where there is none: then nobody knows. */
    private static int code(MessagingException failure) {
        return switch (failure) {
            case SMTPSendFailedException f -> f.getReturnCode();
            case SMTPSenderFailedException f -> f.getReturnCode();
            default ->
                failure instanceof jakarta.mail.SendFailedException s
                                && s.getValidSentAddresses() == null
                                && s.getNextException()
                                        instanceof org.eclipse.angus.mail.smtp.SMTPAddressFailedException a
                        ? a.getReturnCode()
                        : 0;
        };
    }

    private Properties properties() {
        Properties out = new Properties();
        boolean implicit = server.tls() == Tls.IMPLICIT;
        String protocol = implicit ? "smtps" : "smtp";
        out.setProperty("mail.transport.protocol", protocol);
        String prefix = "mail." + protocol + ".";
        String millis = Long.toString(patience.toMillis());
        out.setProperty(prefix + "connectiontimeout", millis);
        out.setProperty(prefix + "timeout", millis);
        out.setProperty(prefix + "writetimeout", millis);
        out.setProperty(prefix + "auth", Boolean.toString(!server.user().isEmpty()));
        out.setProperty(prefix + "ssl.checkserveridentity", "true");
        out.setProperty(prefix + "starttls.enable", Boolean.toString(server.tls() == Tls.STARTTLS));
        out.setProperty(prefix + "starttls.required", Boolean.toString(server.tls() == Tls.STARTTLS));
        return out;
    }
}
