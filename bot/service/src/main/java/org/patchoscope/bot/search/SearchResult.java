// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.patchoscope.bot.search.SearchRequest.Choice;

/**
 * What a search found.
 *
 * @param total matches
 * @param about whether that is an estimate, as it is where there are very many
 * @param pages that can be asked for
 * @param notes on how the query was read, as sentences
 * @param suggestion the query with names that exist, or empty
 * @param complete whether all was looked through; otherwise nothing can be said to be absent
 * @param micros that the search took
 */
public record SearchResult(
        long total,
        boolean about,
        int pages,
        List<Hit> hits,
        List<Facet> facets,
        List<String> notes,
        String suggestion,
        boolean complete,
        long micros) {
    /** The most that can be said without looking: nothing. */
    static SearchResult notSearched(List<String> notes, long micros) {
        List<String> all = new ArrayList<>(notes);
        all.add("This asks for more than one search may cost, and was not searched. Use fewer or rarer words.");
        return new SearchResult(0, false, 1, List.of(), List.of(), all, "", false, micros);
    }

    /** The same, where the index has not followed the store to its end. */
    SearchResult behind() {
        List<String> all = new ArrayList<>(notes);
        all.add("The newest reviews are not looked through yet; ask again in a moment.");
        return new SearchResult(total, about, pages, hits, facets, all, suggestion, false, micros);
    }

    /** Makes a result. */
    public SearchResult {
        hits = List.copyOf(hits);
        facets = List.copyOf(facets);
        notes = List.copyOf(notes);
    }

    /**
     * A match.
     *
     * @param type finding or patch
     * @param anchor of the place on the review's page
     * @param title with what matched marked
     * @param snippets lines of its text, with what matched marked
     * @param verdicts one for a finding, one or more for a patch
     * @param patch its number, 0 for the whole series
     */
    public record Hit(
            String type,
            long review,
            long topic,
            String anchor,
            List<Piece> title,
            List<List<Piece>> snippets,
            String series,
            int version,
            int patch,
            String author,
            List<String> archs,
            List<String> verdicts,
            List<String> functions,
            Instant date) {
        /** Makes a hit. */
        public Hit {
            title = List.copyOf(title);
            snippets = snippets.stream().map(List::copyOf).toList();
            archs = List.copyOf(archs);
            verdicts = List.copyOf(verdicts);
            functions = List.copyOf(functions);
        }
    }

    /** A piece of text; {@code match} if it is what was searched. */
    public record Piece(String text, boolean match) {}

    /** Values of a field among the matches, the most frequent first. */
    public record Facet(String name, List<Value> values) {
        /** Makes a facet. */
        public Facet {
            values = List.copyOf(values);
        }
    }

    /**
     * A value.
     *
     * @param count how often it is there
     * @param about whether that is an estimate, as it is where there are very many matches
     * @param chosen whether it is among the {@link Choice choices} already
     */
    public record Value(String text, int count, boolean about, boolean chosen) {}
}
