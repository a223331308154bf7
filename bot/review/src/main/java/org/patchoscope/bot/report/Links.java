// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.Optional;

/** Where a page of a review may point to. A page that stands alone points nowhere but into itself. */
public interface Links {
    /** No links. */
    Links NONE = new Links() {
        @Override
        public Optional<String> function(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> mail(String messageId) {
            return Optional.empty();
        }
    };

    /** The page of all findings on a function. */
    Optional<String> function(String name);

    /** Where a mail can be read. */
    Optional<String> mail(String messageId);

    /** A finding of the same review, by its number. */
    default String finding(int number) {
        return "#finding-" + number;
    }
}
