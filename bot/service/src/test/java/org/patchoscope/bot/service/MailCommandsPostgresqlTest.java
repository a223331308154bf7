// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import org.patchoscope.bot.store.TestDatabase;

class MailCommandsPostgresqlTest extends MailCommandsTest {
    @Override
    TestDatabase kind() {
        return TestDatabase.POSTGRESQL;
    }
}
