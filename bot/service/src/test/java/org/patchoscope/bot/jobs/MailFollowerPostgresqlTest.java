// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import org.patchoscope.bot.store.TestDatabase;

/** Following mail on PostgreSQL: whatever holds for the embedded database holds there. */
class MailFollowerPostgresqlTest extends MailFollowerTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
