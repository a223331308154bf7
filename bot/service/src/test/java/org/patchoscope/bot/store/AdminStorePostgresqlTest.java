// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

/** The same on PostgreSQL. */
class AdminStorePostgresqlTest extends AdminStoreTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
