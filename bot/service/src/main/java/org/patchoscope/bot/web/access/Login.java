// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import java.util.Optional;

/** Logging in on the pages for administrators, where it is offered. Without it none of them is open. */
public interface Login {
    /** Whether anybody can log in. */
    boolean offered();

    /** Who sent the request that is under way; nothing for somebody who has not logged in, or not for a while. */
    Optional<Person> person();

    /** Ends it for who sent the request that is under way. */
    void end();

    /**
     * Somebody who logged in.
     *
     * @param name as their issuer has it
     * @param session a secret of this one time that they logged in, which is never shown
     * @param administrator whether their issuer says that they may do what administrators do
     */
    record Person(String name, String session, boolean administrator) {
        /** Without the secret. */
        @Override
        public String toString() {
            return name;
        }
    }
}
