// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Names that somebody may have meant: the same letters, whatever stands between them. */
final class Spelling {
    private Spelling() {}

    static Optional<String> near(String name, Collection<String> known) {
        String letters = letters(name);
        return known.stream().filter(k -> letters(k).equals(letters)).findFirst();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
