// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

/**
 * What became of a finding from one version of a topic to the next that was reviewed.
 *
 * @param older its number in the older review, 0 if it is new
 * @param newer its number in the newer review, 0 if it is not there
 * @param because what is known of the reason, in words; empty where there is nothing to say
 */
public record Carried(Fate fate, int older, int newer, String because) {
    /** Where a finding is. */
    public enum Fate {
        /** The older review does not have it. */
        NEW("new"),
        /** The version before does not have it, but an older one. Never kept: what is new to the one before says so. */
        BACK("there again"),
        STILL_THERE("still there"),
        /** The newer review does not have it, and nothing was left out in which it could be. */
        GONE("fixed"),
        /** The newer review does not have it, and not all was analysed. */
        UNDECIDED("not found again");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        /** As pages say it. */
        public String text() {
            return text;
        }

        /** As the JSON of pages says it. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
