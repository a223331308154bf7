// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Other spellings of a word of prose: singular and plural, British and American. Of names there is one spelling. */
final class Spellings {
    private static final int SHORTEST = 4;

    private Spellings() {}

    /** The word itself first. */
    static List<String> of(String word) {
        Set<String> out = new LinkedHashSet<>();
        out.add(word);
        if (word.length() >= SHORTEST && word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            out.add(word.endsWith("s") && !word.endsWith("ss") ? word.substring(0, word.length() - 1) : word + "s");
            out.add(word.replace("behaviour", "behavior"));
            out.add(word.replace("behavior", "behaviour").replace("behaviouur", "behaviour"));
            out.add(word.replaceFirst("ise(d|s)?$", "ize$1"));
            out.add(word.replaceFirst("ize(d|s)?$", "ise$1"));
        }
        return List.copyOf(out);
    }
}
