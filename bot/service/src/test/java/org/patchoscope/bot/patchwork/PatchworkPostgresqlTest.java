// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.patchwork;

import java.io.IOException;
import org.patchoscope.bot.store.TestDatabase;

class PatchworkPostgresqlTest extends PatchworkTest {
    PatchworkPostgresqlTest() throws IOException {}

    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
