// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.CustomSeparatorBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.patchoscope.bot.search.SearchResult.Piece;

/** The lines of a match that show why it is one. */
final class Snippets {
    private static final int MOST_LINES = 3;
    private static final int MOST_TEXT = 50_000;

    private final UnifiedHighlighter highlighter;
    private final Query query;

    Snippets(Query query) {
        this.query = query;
        highlighter = UnifiedHighlighter.builderWithoutSearcher(new NameAnalyzer())
                .withFormatter(new Marks())
                .withMaxLength(MOST_TEXT)
                // The text alone is not the whole match: what a field or facet asked for is not in it.
                .withWeightMatches(false)
                // A word asked for in one field is marked wherever it stands.
                .withFieldMatcher(field -> true)
                .withBreakIterator(() -> new CustomSeparatorBreakIterator('\n'))
                .build();
    }

    /** The whole title, with what matched marked. */
    List<Piece> title(String title) throws IOException {
        List<List<Piece>> found = of(title, 1);
        return found.isEmpty() ? List.of(new Piece(title, false)) : found.getFirst();
    }

    /** Lines that matched best; the first line where none did. */
    List<List<Piece>> text(String text) throws IOException {
        return of(text, MOST_LINES);
    }

    @SuppressWarnings("unchecked") // What Marks makes.
    private List<List<Piece>> of(String text, int most) throws IOException {
        Object found = text.isEmpty() ? null : highlighter.highlightWithoutSearcher(Fields.ALL, query, text, most);
        return found == null ? List.of() : (List<List<Piece>>) found;
    }
}
