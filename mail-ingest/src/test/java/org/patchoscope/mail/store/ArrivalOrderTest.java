// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

/** {@link ArrivalOrderCases} on the embedded database. */
final class ArrivalOrderTest extends ArrivalOrderCases {
    ArrivalOrderTest() {
        super(TestDatabase.EMBEDDED);
    }
}
