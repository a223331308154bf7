// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import org.patchoscope.bot.store.TestDatabase;

class ComparisonsPostgresqlTest extends ComparisonsTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
