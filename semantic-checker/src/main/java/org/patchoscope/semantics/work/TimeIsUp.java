// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.work;

/** There is no time left for what was under way. Who can say what is missing for that catches it, and says so. */
public final class TimeIsUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    TimeIsUp(String why) {
        super(why);
        this.why = why;
    }

    /** Which time was up, for people. */
    public String why() {
        return why;
    }
}
