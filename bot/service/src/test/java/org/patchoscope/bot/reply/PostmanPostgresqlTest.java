// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import org.patchoscope.bot.store.TestDatabase;

/** Sending on PostgreSQL: whatever holds for the embedded database holds there. */
class PostmanPostgresqlTest extends PostmanTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
