// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;

/** An {@link Entry} as Lucene keeps it. */
final class Documents {
    /** Raised when an index made before would answer otherwise; it is then built anew. */
    static final int FORMAT = 5;

    static final String REVIEW = "review";
    static final String SERIES_ID = "series_id";
    static final String ANCHOR = "anchor";
    static final String TEXT = "text";
    /** Seconds of the posting. Not called {@code date}: that is the point in days that queries ask for. */
    static final String POSTED = "posted";

    /** The review's number to sort by: reviews are numbered in the order in which they were made. */
    static final String KNOWN = "known";

    /** Whether it is of the series that comes along. */
    static final String DEMO = "demo";

    /** In which eighth and in which 64th of all documents it is: for estimates. */
    static final String EIGHTH = "eighth";

    static final String SIXTY_FOURTH = "sixty_fourth";

    /** A facet's value is a term, and terms have a limit. */
    private static final int LONGEST_VALUE = 300;

    static final FacetsConfig FACETS = facets();

    private Documents() {}

    private static FacetsConfig facets() {
        FacetsConfig config = new FacetsConfig();
        for (Fields f : Fields.facets()) {
            config.setMultiValued(f.key(), true);
        }
        return config;
    }

    static Document of(Entry entry) {
        Document out = new Document();
        out.add(new StringField(SERIES_ID, Long.toString(entry.series()), Field.Store.NO));
        out.add(new StoredField(REVIEW, entry.review()));
        out.add(new NumericDocValuesField(KNOWN, entry.review()));
        int hash = (int) ((31 * entry.review() + entry.anchor().hashCode()) * 0x9E3779B97F4A7C15L >>> 40);
        out.add(new StringField(EIGHTH, Integer.toString(hash & 7), Field.Store.NO));
        out.add(new StringField(SIXTY_FOURTH, Integer.toString(hash & 63), Field.Store.NO));
        out.add(new StoredField(ANCHOR, entry.anchor()));
        out.add(new TextField(Fields.TITLE.key(), entry.title(), Field.Store.YES));
        out.add(new TextField(Fields.SERIES.key(), entry.seriesTitle(), Field.Store.YES));
        out.add(new StoredField(TEXT, entry.text()));
        // What is searched where no field is named. It is not stored: the title has a field of its own.
        out.add(new TextField(Fields.ALL, all(entry), Field.Store.NO));
        entry.condition().forEach(c -> out.add(new TextField(Fields.CONDITION.key(), c, Field.Store.NO)));
        if (entry.demo()) {
            out.add(new StringField(DEMO, "yes", Field.Store.NO));
        }
        number(out, Fields.TOPIC, entry.topic());
        number(out, Fields.VERSION, entry.version());
        number(out, Fields.PATCH, entry.patch());
        long day = entry.date().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
        out.add(new LongPoint(Fields.DATE.key(), day));
        out.add(new NumericDocValuesField(POSTED, entry.date().getEpochSecond()));
        out.add(new StoredField(POSTED, entry.date().getEpochSecond()));
        for (Fields field : Fields.values()) {
            entry.of(field).forEach(v -> word(out, field, v));
        }
        return out;
    }

    private static String all(Entry entry) {
        return String.join(
                "\n",
                entry.title(),
                entry.text(),
                entry.seriesTitle(),
                String.join("\n", entry.of(Fields.ARCH)),
                String.join("\n", entry.of(Fields.VERDICT)),
                String.join("\n", entry.of(Fields.AUTHOR)),
                String.join("\n", entry.of(Fields.FILE)),
                String.join("\n", entry.of(Fields.CONFIG)),
                "v" + entry.version());
    }

    private static void number(Document out, Fields field, long value) {
        out.add(new IntPoint(field.key(), Math.toIntExact(Math.min(value, Integer.MAX_VALUE))));
        out.add(new StoredField(field.key(), value));
    }

    private static void word(Document out, Fields field, String value) {
        String fit = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
        switch (field.kind()) {
            case TEXT -> out.add(new TextField(field.key(), fit, Field.Store.YES));
            case WORD -> out.add(new StringField(field.key(), fit.toLowerCase(Locale.ROOT), Field.Store.YES));
            case NUMBER, DAY -> throw new IllegalArgumentException(field + " is not a word");
        }
        if (field.facet() && !fit.isBlank()) {
            out.add(new SortedSetDocValuesFacetField(field.key(), fit));
        }
    }

    static List<Document> of(List<Entry> entries) throws IOException {
        List<Document> out = new ArrayList<>();
        for (Entry entry : entries) {
            out.add(FACETS.build(of(entry)));
        }
        return out;
    }
}
