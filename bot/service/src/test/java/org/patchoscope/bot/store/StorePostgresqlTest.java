// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

/** The store on PostgreSQL: whatever holds for the embedded database holds there. */
class StorePostgresqlTest extends StoreTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
