// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.DrillDownQuery;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.patchoscope.bot.search.SearchRequest.Choice;
import org.patchoscope.bot.search.SearchResult.Facet;
import org.patchoscope.bot.search.SearchResult.Hit;
import org.patchoscope.bot.search.SearchResult.Value;

/** One search. */
final class Search {
    /** After this a search gives what it has. */
    private static final long MOST_MILLIS = 1_000;

    private static final int MOST_VALUES = 8;

    /** With more matches than this, values are counted in a part of them. */
    private static final int COUNTED_IN_FULL = 20_000;

    private final Generation generation;

    Search(Generation generation) {
        this.generation = generation;
    }

    SearchResult run(SearchRequest request) throws IOException {
        long start = System.nanoTime();
        IndexSearcher shared = generation.searchers().acquire();
        try {
            IndexSearcher searcher = new IndexSearcher(shared.getIndexReader());
            searcher.setTimeout(new QueryTimeoutImpl(MOST_MILLIS));
            QueryReader.Read read = QueryReader.read(request.query());
            List<String> notes = new ArrayList<>(read.notes());
            Query asked = read.query();
            Found found = find(searcher, chosen(asked, request), request);
            if (found.total == 0 && read.words().size() > 1) {
                Found loose = find(searcher, chosen(read.any(), request), request);
                if (loose.total > 0) {
                    notes.add("Nothing has all of these words. This has some of them.");
                    asked = read.any();
                    found = loose;
                }
            }
            String suggestion = new Suggestions(searcher.getIndexReader()).of(request.query(), read.words());
            if (searcher.timedOut()) {
                notes.add("The search took too long; there may be more.");
            }
            int pages =
                    Math.clamp((found.total + SearchRequest.PAGE - 1) / SearchRequest.PAGE, 1, SearchRequest.LAST_PAGE);
            return new SearchResult(
                    found.total,
                    pages,
                    hits(searcher, asked, found.docs),
                    found.facets,
                    notes,
                    suggestion,
                    (System.nanoTime() - start) / 1_000);
        } finally {
            generation.searchers().release(shared);
        }
    }

    private record Found(long total, List<ScoreDoc> docs, List<Facet> facets) {}

    private static Query chosen(Query query, SearchRequest request) {
        BooleanQuery.Builder out = new BooleanQuery.Builder().add(query, Occur.MUST);
        for (Choice choice : request.chosen()) {
            if (Fields.named(choice.facet()).filter(Fields::facet).isPresent()) {
                out.add(new TermQuery(DrillDownQuery.term("$facets", choice.facet(), choice.value())), Occur.FILTER);
            }
        }
        return out.build();
    }

    private Found find(IndexSearcher searcher, Query query, SearchRequest request) throws IOException {
        int wanted = request.page() * SearchRequest.PAGE;
        TopDocs top = switch (request.sort()) {
            case RELEVANCE -> searcher.search(query, new TopScoreDocCollectorManager(wanted, null, wanted));
            case DATE ->
                searcher.search(
                        query,
                        new TopFieldCollectorManager(
                                new Sort(
                                        new SortField(Documents.DATE, SortField.Type.LONG, true),
                                        SortField.FIELD_SCORE),
                                wanted,
                                null,
                                wanted));
        };
        int total = searcher.count(query);
        List<ScoreDoc> docs = Arrays.stream(top.scoreDocs)
                .skip((long) wanted - SearchRequest.PAGE)
                .toList();
        return new Found(total, docs, total == 0 ? List.of() : facets(searcher, query, total, request));
    }

    private List<Facet> facets(IndexSearcher searcher, Query query, int total, SearchRequest request)
            throws IOException {
        int part = total <= COUNTED_IN_FULL ? 1 : total <= 8 * COUNTED_IN_FULL ? 8 : 64;
        Query counted = switch (part) {
            case 1 -> query;
            case 8 -> and(query, new Term(Documents.EIGHTH, "0"));
            default -> and(query, new Term(Documents.SIXTY_FOURTH, "0"));
        };
        FacetsCollector collected = searcher.search(counted, new FacetsCollectorManager());
        Facets counts = new SortedSetDocValuesFacetCounts(generation.facets(searcher.getIndexReader()), collected);
        List<Facet> out = new ArrayList<>();
        for (Fields field : Fields.facets()) {
            FacetResult result = field(counts, field);
            if (result != null) {
                List<Value> values = new ArrayList<>();
                for (LabelAndValue v : result.labelValues) {
                    boolean chosen = request.chosen().contains(new Choice(field.key(), v.label));
                    int about = Math.min(total, v.value.intValue() * part);
                    values.add(new Value(v.label, about, part > 1, chosen));
                }
                out.add(new Facet(field.key(), values));
            }
        }
        return out;
    }

    private static Query and(Query query, Term term) {
        return new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(new TermQuery(term), Occur.FILTER)
                .build();
    }

    private static @org.jspecify.annotations.Nullable FacetResult field(Facets counts, Fields field)
            throws IOException {
        try {
            return counts.getTopChildren(MOST_VALUES, field.key());
        } catch (IllegalArgumentException e) {
            // No document of the index has a value of this field yet.
            return null;
        }
    }

    private static List<Hit> hits(IndexSearcher searcher, Query query, List<ScoreDoc> docs) throws IOException {
        Snippets snippets = new Snippets(query);
        List<Hit> out = new ArrayList<>();
        for (ScoreDoc found : docs) {
            out.add(hit(searcher.storedFields().document(found.doc), snippets));
        }
        return out;
    }

    private static Hit hit(Document doc, Snippets snippets) throws IOException {
        return new Hit(
                doc.get(Fields.TYPE.key()).toLowerCase(Locale.ROOT),
                number(doc, Documents.REVIEW),
                number(doc, Fields.TOPIC.key()),
                doc.get(Documents.ANCHOR),
                snippets.title(doc.get(Fields.TITLE.key())),
                snippets.text(doc.get(Documents.TEXT)),
                doc.get(Fields.SERIES.key()),
                (int) number(doc, Fields.VERSION.key()),
                (int) number(doc, Fields.PATCH.key()),
                doc.getValues(Fields.AUTHOR.key()).length == 0 ? "" : doc.get(Fields.AUTHOR.key()),
                List.of(doc.getValues(Fields.ARCH.key())),
                List.of(doc.getValues(Fields.VERDICT.key())),
                List.of(doc.getValues(Fields.FUNCTION.key())),
                Instant.ofEpochSecond(number(doc, Documents.DATE)));
    }

    private static long number(Document doc, String field) {
        return doc.getField(field).numericValue().longValue();
    }
}
