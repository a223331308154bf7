// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;

/**
 * How many documents match. Few are counted one by one; of many, those in a fixed part of all documents are, which says about
 * how many there are and costs the same however many that is.
 *
 * @param total how many, or about how many
 * @param about whether it is an estimate
 * @param part one in so many documents is among {@code counted}
 * @param counted the documents that were counted, for facets
 */
record Tally(long total, boolean about, int part, FacetsCollector counted) {
    private static final int COUNTED_IN_FULL = 20_000;

    static Tally of(IndexSearcher searcher, Query query) throws IOException {
        if (searcher.getIndexReader().maxDoc() <= COUNTED_IN_FULL) {
            return full(searcher, query);
        }
        Tally rough = sample(searcher, query, new Term(Documents.SIXTY_FOURTH, "0"), 64);
        if (rough.total > 8 * COUNTED_IN_FULL) {
            return rough.exact(searcher, query);
        }
        return rough.total > COUNTED_IN_FULL
                ? sample(searcher, query, new Term(Documents.EIGHTH, "0"), 8).exact(searcher, query)
                : full(searcher, query);
    }

    private static Tally full(IndexSearcher searcher, Query query) throws IOException {
        FacetsCollector collected = searcher.search(query, new FacetsCollectorManager());
        return new Tally(hits(collected), false, 1, collected);
    }

    private static Tally sample(IndexSearcher searcher, Query query, Term part, int oneIn) throws IOException {
        Query sampled = new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(new TermQuery(part), Occur.FILTER)
                .build();
        FacetsCollector collected = searcher.search(sampled, new FacetsCollectorManager());
        return new Tally(hits(collected) * oneIn, true, oneIn, collected);
    }

    private static long hits(FacetsCollector collected) {
        return collected.getMatchingDocs().stream()
                .mapToLong(FacetsCollector.MatchingDocs::totalHits)
                .sum();
    }

    /** The exact number where the index has it at hand: that of a single word, or of everything. */
    private Tally exact(IndexSearcher searcher, Query query) throws IOException {
        Query simple = searcher.rewrite(query);
        if (simple instanceof MatchNoDocsQuery) {
            return this;
        }
        Weight weight = searcher.createWeight(simple, ScoreMode.COMPLETE_NO_SCORES, 1);
        long exact = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int count = weight.count(leaf);
            if (count < 0) {
                return this;
            }
            exact += count;
        }
        return new Tally(exact, false, part, counted);
    }
}
