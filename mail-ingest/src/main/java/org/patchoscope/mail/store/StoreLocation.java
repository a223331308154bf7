// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Where a store is. */
public sealed interface StoreLocation {
    /** An embedded database in a directory of its own; one process at a time opens it. */
    record Directory(Path path) implements StoreLocation {
        /** When it was last written to, without opening it; empty when there is no store yet. */
        public Optional<Instant> lastWritten() {
            try {
                return Optional.of(Files.getLastModifiedTime(path.resolve(Database.FILE + ".mv.db"))
                        .toInstant());
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * A PostgreSQL database; any number of processes.
     *
     * @param url as JDBC spells it, {@code jdbc:postgresql://host/name}
     * @param user may be empty, then the URL or the driver's default decides
     * @param password may be empty; not part of {@link #toString}
     */
    record Server(String url, String user, String password) implements StoreLocation {
        @Override
        public String toString() {
            return url;
        }
    }

    /** A JDBC address is a server, all else a directory. */
    static StoreLocation of(String text, String user, String password) {
        return text.startsWith("jdbc:postgresql:") ? new Server(text, user, password) : new Directory(Path.of(text));
    }
}
