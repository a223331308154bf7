// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.util.Locale;

/** Where a version of a series is on its way. */
public enum SeriesState {
    /** Parts of it have not come, and may still come. */
    AWAITING_PARTS("waits for parts that have not come"),
    WAITING("waiting"),
    RUNNING("under review"),
    REVIEWED("reviewed"),
    /** Will not be reviewed, for a {@link Reason}. */
    NOT_REVIEWED("not reviewed");

    private final String text;

    SeriesState(String text) {
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
