// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;

/** Text as {@link NameTokenizer} takes it apart. */
final class NameAnalyzer extends Analyzer {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]+");

    @Override
    protected TokenStreamComponents createComponents(String field) {
        return new TokenStreamComponents(new NameTokenizer());
    }

    /** A word of a query: whole, and its parts in order (at least one). */
    record Name(String whole, List<String> parts) {
        Name {
            parts = List.copyOf(parts);
        }
    }

    /** The words of a query's text, in order; as the tokenizer would cut them. */
    static List<Name> names(String text) {
        return NAME.matcher(text)
                .results()
                .map(r -> r.group().toLowerCase(Locale.ROOT))
                .map(w -> w.length() > NameTokenizer.LONGEST ? w.substring(0, NameTokenizer.LONGEST) : w)
                .map(w -> new Name(
                        w,
                        Arrays.stream(w.split("_+", -1))
                                .filter(p -> !p.isEmpty())
                                .toList()))
                .filter(n -> !n.parts().isEmpty())
                .toList();
    }
}
