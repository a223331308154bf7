// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is found: a finding, or a patch and what was said of it.
 *
 * @param review its number in the store
 * @param series its number in the store
 * @param anchor of the place on the review's page
 * @param title one line
 * @param text all there is to read, a statement a line
 * @param words values of fields with facets, and of others that are words
 * @param condition lines of it
 * @param number of the finding, for {@link Type#FINDING}
 * @param date of the posting
 * @param demo whether it is of the series that comes along
 */
record Entry(
        Type type,
        long review,
        long series,
        long topic,
        int version,
        int patch,
        int number,
        String anchor,
        String title,
        String seriesTitle,
        String text,
        Map<Fields, List<String>> words,
        List<String> condition,
        Instant date,
        boolean demo) {
    Entry {
        words = Map.copyOf(words);
        condition = List.copyOf(condition);
    }

    /** Kinds of entries. */
    enum Type {
        FINDING("finding"),
        PATCH("patch");

        private final String key;

        Type(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }

        static Optional<Type> of(String key) {
            return List.of(values()).stream().filter(t -> t.key.equals(key)).findFirst();
        }
    }

    List<String> of(Fields field) {
        return words.getOrDefault(field, List.of());
    }
}
