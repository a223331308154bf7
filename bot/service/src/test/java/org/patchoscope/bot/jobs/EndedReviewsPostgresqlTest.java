// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import org.patchoscope.bot.store.TestDatabase;

/** The same on PostgreSQL. */
class EndedReviewsPostgresqlTest extends EndedReviewsTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
