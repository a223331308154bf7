// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchoscope.mail.RealArchive;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;

/** 4,000 consecutive mails of a real list in a store: every one accounted for. */
final class RealStoreTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void everyMailOfAnEpochIsAccountedFor(TestDatabase database, @TempDir Path folder) throws Exception {
        Path epoch = RealArchive.epoch(folder);
        try (MailStore store = MailStore.open(database.empty(folder));
                MailFeed feed = new MailFeeds(folder, System.in, "").open(epoch.toString())) {
            Importer.Result result = new Importer(store, n -> {}).run(feed);
            assertThat(result).isEqualTo(new Importer.Result(4000, 0));
            StoreStatistics all = store.archive().statistics();
            assertThat(all.mails()).isEqualTo(4000);
            assertThat(all.inSeries()
                            + all.noDiff()
                            + all.suggestions()
                            + all.comments()
                            + all.pullRequests()
                            + all.notPatches()
                            + all.copies()
                            + all.impostors()
                            + all.withdrawn())
                    .isEqualTo(4000);
            assertThat(new Importer(store, n -> {}).run(feed)).isEqualTo(new Importer.Result(0, 0));
        }
    }
}
