// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import org.patchoscope.bot.store.TestDatabase;

class BouncesPostgresqlTest extends BouncesTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
