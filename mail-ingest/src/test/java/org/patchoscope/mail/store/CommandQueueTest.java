// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link CommandQueueCases} on the embedded database. */
final class CommandQueueTest extends CommandQueueCases {
    CommandQueueTest(@TempDir Path folder) throws Exception {
        super(TestDatabase.EMBEDDED, folder);
    }
}
