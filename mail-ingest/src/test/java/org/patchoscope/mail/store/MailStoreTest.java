// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link MailStoreCases} on the embedded database. */
final class MailStoreTest extends MailStoreCases {
    MailStoreTest(@TempDir Path folder) throws Exception {
        super(TestDatabase.EMBEDDED, folder);
    }
}
