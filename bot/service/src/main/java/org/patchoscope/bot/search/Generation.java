// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** One index on the disk. It knows how far into the store's change log it has come. */
final class Generation implements AutoCloseable {
    private static final String SEQ = "seq";
    private static final String FORMAT = "format";

    static final Sort NEWEST_FIRST = new Sort(new SortField(Documents.POSTED, SortField.Type.LONG, true));

    private final Path path;
    private final FSDirectory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private long seq;
    private @Nullable SortedSetDocValuesReaderState facets;

    Generation(Path path) throws IOException {
        this.path = path;
        directory = FSDirectory.open(path);
        IndexWriterConfig config = new IndexWriterConfig(new NameAnalyzer());
        config.setRAMBufferSizeMB(64);
        // Newest first: what is asked for by date, or is among very many, is found at the beginning.
        config.setIndexSort(NEWEST_FIRST);
        writer = new IndexWriter(directory, config);
        searchers = new SearcherManager(writer, new SearcherFactory());
        seq = Long.parseLong(committed().getOrDefault(SEQ, "0"));
    }

    /** Whether it was made by a program that makes other documents. */
    boolean outdated() {
        return seq > 0 && !committed().getOrDefault(FORMAT, "").equals(String.valueOf(Documents.FORMAT));
    }

    private Map<String, String> committed() {
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        return data == null
                ? Map.of()
                : StreamSupport.stream(data.spliterator(), false)
                        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    SearcherManager searchers() {
        return searchers;
    }

    /** What facets of a reader are counted with: dear to make, and the same as long as the reader is. */
    synchronized SortedSetDocValuesReaderState facets(IndexReader reader) throws IOException {
        if (facets == null || facets.getReader() != reader) {
            facets = new DefaultSortedSetDocValuesReaderState(reader, Documents.FACETS);
        }
        return facets;
    }

    /** The last change that is in it. */
    long seq() {
        return seq;
    }

    /** Puts the last review of a series in the place of those before it. */
    void put(long series, List<Document> documents) throws IOException {
        writer.deleteDocuments(new Term(Documents.SERIES_ID, Long.toString(series)));
        // Nobody sees half of them: searchers see what a commit made durable.
        for (Document document : documents) {
            writer.addDocument(document);
        }
    }

    /** Makes what was put durable and visible. */
    void commit(long upTo) throws IOException {
        writer.setLiveCommitData(Map.of(SEQ, Long.toString(upTo), FORMAT, String.valueOf(Documents.FORMAT))
                .entrySet());
        writer.commit();
        seq = upTo;
        searchers.maybeRefreshBlocking();
    }

    Path path() {
        return path;
    }

    /** Whether it can still be written: after a disk was full it cannot, and answers with what it has. */
    boolean isWritable() {
        return writer.isOpen();
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }
}
