// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;

/**
 * What a search may cost, measured before it begins: entries of the index that it may have to walk. A measure by the clock would
 * answer differently on a busy machine.
 *
 * @param most such entries; about ten million take a tenth of a second
 */
record SearchCost(long most) {
    static final SearchCost USUAL = new SearchCost(40_000_000);

    boolean affordable(IndexSearcher searcher, Query query) throws IOException {
        IndexReader reader = searcher.getIndexReader();
        Set<Term> terms = new HashSet<>();
        query.visit(QueryVisitor.termCollector(terms));
        long sum = reader.maxDoc();
        for (Term term : terms) {
            sum += reader.docFreq(term);
        }
        return sum <= most;
    }
}
