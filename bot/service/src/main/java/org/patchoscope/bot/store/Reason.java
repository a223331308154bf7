// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.util.Locale;

/** Why a series is not reviewed. Fixed and public: nothing is dropped in silence. */
public enum Reason {
    NONE(""),
    INCOMPLETE("a part of the series is missing"),
    NO_TREE("no reference tree is configured"),
    BASE_NOT_FOUND("no base was found for it"),
    DOES_NOT_APPLY("it does not apply"),
    NOT_ON_ENTRY_PATH("it touches no entry or exit path that is simulated here"),
    BUILD_FAILED("it does not build"),
    NO_SANDBOX("no sandbox works here, and mailed patches are not compiled without one"),
    SUPERSEDED("a later version came before its turn"),
    TIME_UP("the time for a review was up before anything of it could be compared"),
    CANCELLED("it was cancelled"),
    INTERNAL("Patchoscope failed; the operator can see why");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** As pages say it. */
    public String text() {
        return text;
    }

    /** As the API says it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
