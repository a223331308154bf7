// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import org.patchoscope.bot.store.TestDatabase;

/** The jobs on PostgreSQL: whatever holds for the embedded database holds there. */
class ReviewJobsPostgresqlTest extends ReviewJobsTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
