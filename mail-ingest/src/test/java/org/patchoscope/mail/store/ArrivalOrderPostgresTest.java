// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

/** {@link ArrivalOrderCases} on PostgreSQL. */
final class ArrivalOrderPostgresTest extends ArrivalOrderCases {
    ArrivalOrderPostgresTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
