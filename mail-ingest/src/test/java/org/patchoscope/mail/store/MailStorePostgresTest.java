// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link MailStoreCases} on PostgreSQL. */
final class MailStorePostgresTest extends MailStoreCases {
    MailStorePostgresTest(@TempDir Path folder) throws Exception {
        super(TestDatabase.POSTGRESQL, folder);
    }
}
