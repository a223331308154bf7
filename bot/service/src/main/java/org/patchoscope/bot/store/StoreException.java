// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.h2.api.ErrorCode;

/** The database did not do as asked: it is away, full or broken. Whoever tries again later may succeed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("the database: " + cause.getMessage(), cause);
    }

    /** Whether the database was not there, or went away: what failed may go well the next time. */
    public boolean isOfConnection() {
        for (Throwable t = getCause(); t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException || (t instanceof SQLException e && isOfConnection(e))) {
                return true;
            }
        }
        return false;
    }

    /** By SQL states: connection exceptions, and PostgreSQL's "operator intervention"; and the embedded database's own. */
    private static boolean isOfConnection(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("08")
                || state.startsWith("57P")
                || e.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED
                || e.getErrorCode() == ErrorCode.IO_EXCEPTION_1
                || e.getErrorCode() == ErrorCode.IO_EXCEPTION_2;
    }
}
