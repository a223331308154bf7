// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.search.SearchRequest.Sort;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/** A backup is the database alone, as docs/service.md says: the index is made anew from it. */
class BackupTest {
    @TempDir
    private Path folder;

    @Test
    void theDatabaseFileIsAllThatIsNeeded() throws Exception {
        Path before = Files.createDirectory(folder.resolve("before"));
        Path after = Files.createDirectory(folder.resolve("after"));
        try (Database database = Database.embedded(before)) {
            SeriesStore series = new SeriesStore(database, Fixtures.CLOCK);
            new ReviewStore(database, Fixtures.CLOCK)
                    .add(series.add(Fixtures.demoSeries()).id(), Fixtures.demoReview());
        }
        Files.copy(before.resolve("reviews.mv.db"), after.resolve("reviews.mv.db"));
        try (Database database = Database.embedded(after)) {
            SeriesStore series = new SeriesStore(database, Fixtures.CLOCK);
            ReviewStore reviews = new ReviewStore(database, Fixtures.CLOCK);
            assertThat(reviews.read(1)).isEqualTo(Fixtures.demoReview());
            try (ReviewIndex index = new ReviewIndex(after.resolve("index"), reviews, series)) {
                index.follow();
                assertThat(index.search(new SearchRequest(
                                        "_TIF_SYSCALL_AUDIT type:finding", List.of(), Sort.RELEVANCE, 1))
                                .total())
                        .isEqualTo(4);
            }
        }
    }
}
