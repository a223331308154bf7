// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.DrillDownQuery;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.patchoscope.bot.search.SearchRequest.Choice;
import org.patchoscope.bot.search.SearchResult.Facet;
import org.patchoscope.bot.search.SearchResult.Hit;
import org.patchoscope.bot.search.SearchResult.Value;

/** One search. */
final class Search {
    private static final int MOST_VALUES = 8;

    /** Matches that are looked through for a feed. */
    private static final int MOST_OF_A_FEED = 10_000;

    /** Of more matches than this, only about as many of the newest are compared with each other. */
    private static final int RANKED = 20_000;

    private final Generation generation;
    private final SearchCost cost;

    Search(Generation generation, SearchCost cost) {
        this.generation = generation;
        this.cost = cost;
    }

    SearchResult run(SearchRequest request) throws IOException {
        long start = System.nanoTime();
        IndexSearcher shared = generation.searchers().acquire();
        try {
            IndexSearcher searcher = new IndexSearcher(shared.getIndexReader());
            QueryReader.Read read = QueryReader.read(request.query());
            List<String> notes = new ArrayList<>(read.notes());
            if (!cost.affordable(searcher, read.query())) {
                return SearchResult.notSearched(notes, micros(start));
            }
            for (QueryReader.Asked one : read.asked()) {
                unknown(searcher.getIndexReader(), one).ifPresent(notes::add);
            }
            Query asked = read.query();
            Found found = find(searcher, chosen(searcher, asked, request), read.better(), request);
            if (found.tally.total() == 0 && read.words().size() > 1) {
                Found loose = find(searcher, chosen(searcher, read.any(), request), read.better(), request);
                if (loose.tally.total() > 0) {
                    notes.add("Nothing has all of these words. This has some of them.");
                    asked = read.any();
                    found = loose;
                }
            }
            String suggestion = new Suggestions(searcher.getIndexReader()).of(request.query(), read.words());
            if (found.tally.total() > RANKED && request.sort() == SearchRequest.Sort.RELEVANCE) {
                notes.add("Very much matches; these are the best of the newest.");
            }
            int pages = Math.clamp(
                    (found.tally.total() + SearchRequest.PAGE - 1) / SearchRequest.PAGE, 1, SearchRequest.LAST_PAGE);
            return new SearchResult(
                    found.tally.total(),
                    found.tally.about(),
                    pages,
                    hits(searcher, asked, found.docs),
                    found.facets,
                    notes,
                    suggestion,
                    true,
                    micros(start));
        } finally {
            generation.searchers().release(shared);
        }
    }

    /** A value that nothing has is answered with those that there are. */
    private static Optional<String> unknown(IndexReader reader, QueryReader.Asked asked) throws IOException {
        String field = asked.field().key();
        if (reader.docFreq(new Term(field, asked.value())) > 0) {
            return Optional.empty();
        }
        List<String> there = new ArrayList<>();
        Terms terms = MultiTerms.getTerms(reader, field);
        TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
        for (BytesRef term = each.next(); term != null && there.size() < MOST_VALUES; term = each.next()) {
            there.add(term.utf8ToString());
        }
        return Optional.of("Nothing has " + field + ":" + asked.value() + ". There is "
                + (there.isEmpty() ? "nothing of " + field : String.join(", ", there)) + ".");
    }

    /** Numbers of reviews that have a match, the one that was made last first. */
    List<Long> reviews(SearchRequest request, int most) throws IOException {
        IndexSearcher shared = generation.searchers().acquire();
        try {
            IndexSearcher searcher = new IndexSearcher(shared.getIndexReader());
            Query query = chosen(searcher, QueryReader.read(request.query()).query(), request);
            Sort newest = new Sort(new SortField(Documents.KNOWN, SortField.Type.LONG, true));
            Set<Long> out = new LinkedHashSet<>();
            for (ScoreDoc found : searcher.search(query, MOST_OF_A_FEED, newest).scoreDocs) {
                if (out.size() < most && found instanceof FieldDoc sorted) {
                    out.add((Long) sorted.fields[0]);
                }
            }
            return List.copyOf(out);
        } finally {
            generation.searchers().release(shared);
        }
    }

    private static long micros(long start) {
        return (System.nanoTime() - start) / 1_000;
    }

    private record Found(Tally tally, List<ScoreDoc> docs, List<Facet> facets) {}

    private static Query chosen(IndexSearcher searcher, Query query, SearchRequest request) throws IOException {
        BooleanQuery.Builder out = new BooleanQuery.Builder().add(query, Occur.MUST);
        Term demo = new Term(Documents.DEMO, "yes");
        int demos = searcher.getIndexReader().docFreq(demo);
        if (demos > 0 && demos < searcher.getIndexReader().numDocs()) {
            out.add(new TermQuery(demo), Occur.MUST_NOT);
        }
        for (Choice choice : request.chosen()) {
            if (Fields.named(choice.facet()).filter(Fields::facet).isPresent()) {
                out.add(new TermQuery(DrillDownQuery.term("$facets", choice.facet(), choice.value())), Occur.FILTER);
            }
        }
        return out.build();
    }

    private Found find(IndexSearcher searcher, Query query, List<Query> better, SearchRequest request)
            throws IOException {
        Tally tally = Tally.of(searcher, query);
        if (tally.total() == 0) {
            return new Found(tally, List.of(), List.of());
        }
        int wanted = request.page() * SearchRequest.PAGE;
        TopDocs top = switch (request.sort()) {
            case RELEVANCE -> best(searcher, query, better, tally, wanted);
            case DATE ->
                searcher.search(query, new TopFieldCollectorManager(Generation.NEWEST_FIRST, wanted, null, wanted));
        };
        List<ScoreDoc> docs = Arrays.stream(top.scoreDocs)
                .skip((long) wanted - SearchRequest.PAGE)
                .toList();
        return new Found(tally, docs, facets(searcher, tally, request));
    }

    private static TopDocs best(IndexSearcher searcher, Query query, List<Query> better, Tally tally, int wanted)
            throws IOException {
        BooleanQuery.Builder ranked = new BooleanQuery.Builder().add(query, Occur.MUST);
        better.forEach(b -> ranked.add(b, Occur.SHOULD));
        double part = Math.min(1, (double) RANKED / tally.total());
        return searcher.search(
                ranked.build(), new NewestPart<>(new TopScoreDocCollectorManager(wanted, null, wanted), part));
    }

    private List<Facet> facets(IndexSearcher searcher, Tally tally, SearchRequest request) throws IOException {
        Facets counts =
                new SortedSetDocValuesFacetCounts(generation.facets(searcher.getIndexReader()), tally.counted());
        List<Facet> out = new ArrayList<>();
        for (Fields field : Fields.facets()) {
            FacetResult result = field(counts, field);
            if (result != null) {
                List<Value> values = new ArrayList<>();
                for (LabelAndValue v : result.labelValues) {
                    boolean chosen = request.chosen().contains(new Choice(field.key(), v.label));
                    int about = (int) Math.min(tally.total(), v.value.longValue() * tally.part());
                    values.add(new Value(v.label, about, tally.part() > 1, chosen));
                }
                out.add(new Facet(field.key(), values));
            }
        }
        return out;
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
                Instant.ofEpochSecond(number(doc, Documents.POSTED)));
    }

    private static long number(Document doc, String field) {
        return doc.getField(field).numericValue().longValue();
    }
}
