// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;

/**
 * Collects in the beginning of every segment only. An index that is sorted {@linkplain Generation#NEWEST_FIRST newest first}
 * has its newest documents there.
 *
 * @param part of each segment, from 0 to 1
 */
record NewestPart<C extends Collector, T>(CollectorManager<C, T> all, double part)
        implements CollectorManager<NewestPart.Beginning<C>, T> {
    @Override
    public Beginning<C> newCollector() throws IOException {
        return new Beginning<>(all.newCollector(), part);
    }

    @Override
    public T reduce(Collection<Beginning<C>> collectors) throws IOException {
        return all.reduce(collectors.stream().map(b -> b.whole).toList());
    }

    /** Collects for another collector. */
    static final class Beginning<C extends Collector> extends FilterCollector {
        private final C whole;
        private final double part;

        Beginning(C whole, double part) {
            super(whole);
            this.whole = whole;
            this.part = part;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
            int end = (int) Math.ceil(context.reader().maxDoc() * part);
            return new FilterLeafCollector(super.getLeafCollector(context)) {
                @Override
                public void collect(int doc) throws IOException {
                    if (doc >= end) {
                        throw new CollectionTerminatedException();
                    }
                    super.collect(doc);
                }
            };
        }
    }
}
