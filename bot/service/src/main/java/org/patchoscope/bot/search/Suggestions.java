// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.spell.SuggestWord;
import org.patchoscope.bot.search.NameAnalyzer.Name;

/** "Did you mean": for words that are nowhere, the nearest that is. */
final class Suggestions {
    private static final int MOST_WORDS = 5;
    private static final int SHORTEST = 4;
    /** Such a word is right, or nothing near it is. */
    private static final Pattern ID_OR_DATE = Pattern.compile("@|\\d{4}|^[0-9a-f]{7,}$");

    private final IndexReader reader;
    private final DirectSpellChecker checker = new DirectSpellChecker();

    Suggestions(IndexReader reader) {
        this.reader = reader;
        checker.setMaxEdits(2);
        checker.setMinPrefix(1);
        checker.setMinQueryLength(SHORTEST);
    }

    /** The query with such words replaced, or an empty text. */
    String of(String query, List<String> words) throws IOException {
        String out = query;
        for (String word : words.stream().limit(MOST_WORDS).toList()) {
            if (ID_OR_DATE.matcher(word).find()) {
                continue;
            }
            for (Name name : NameAnalyzer.names(word)) {
                if (!word.endsWith("*") && !known(name)) {
                    out = replace(out, name);
                }
            }
        }
        return out.equals(query) ? "" : out;
    }

    private boolean known(Name name) throws IOException {
        if (reader.docFreq(new Term(Fields.ALL, name.whole())) > 0) {
            return true;
        }
        // A part of a longer name is not there as a whole.
        for (String part : name.parts()) {
            if (reader.docFreq(new Term(Fields.ALL, part)) == 0) {
                return false;
            }
        }
        return true;
    }

    private String replace(String query, Name name) throws IOException {
        SuggestWord[] near = checker.suggestSimilar(
                new Term(Fields.ALL, name.whole()), 1, reader, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX);
        if (near.length == 0) {
            return query;
        }
        int at = query.toLowerCase(java.util.Locale.ROOT).indexOf(name.whole());
        return at < 0
                ? query
                : query.substring(0, at)
                        + near[0].string
                        + query.substring(at + name.whole().length());
    }
}
