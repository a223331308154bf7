// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.patchoscope.config.Secrets;

/** No secret gets into a log, whoever writes it: libraries tell what servers answer, and these what they were told. */
@LoggingFilter(name = "secrets")
public final class HiddenInLogs implements Filter {
    private final Secrets secrets = Secrets.among(System.getenv()).and(Secrets.among(System.getProperties()));

    private final PatternFormatter message = new PatternFormatter("%s");

    /** Made by the extension for logging. */
    public HiddenInLogs() {}

    @Override
    public boolean isLoggable(LogRecord told) {
        String said = message.format(told);
        String hidden = secrets.hide(said);
        if (!hidden.equals(said)) {
            told.setParameters(null);
            if (told instanceof ExtLogRecord own) {
                own.setMessage(hidden, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                told.setMessage(hidden);
            }
        }
        Throwable thrown = told.getThrown();
        if (thrown != null && tells(thrown)) {
            told.setThrown(Told.of(thrown, secrets));
        }
        return true;
    }

    private boolean tells(Throwable thrown) {
        String text = thrown.toString();
        return !secrets.hide(text).equals(text) || thrown.getCause() instanceof Throwable cause && tells(cause);
    }

    /** Another in place of one that tells too much, from the same place. */
    private static final class Told extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Told(String text) {
            super(text);
        }

        static Told of(Throwable thrown, Secrets secrets) {
            Throwable cause = thrown.getCause();
            Told out = new Told(secrets.hide(thrown.toString()));
            if (cause != null) {
                out.initCause(of(cause, secrets));
            }
            out.setStackTrace(thrown.getStackTrace());
            return out;
        }
    }
}
