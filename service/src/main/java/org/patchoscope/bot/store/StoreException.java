// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;

/** The database did not do as asked: it is away, full or broken. Whoever tries again later may succeed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("the database: " + cause.getMessage(), cause);
    }
}
