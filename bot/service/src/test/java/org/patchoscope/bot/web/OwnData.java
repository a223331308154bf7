// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/** A service with a directory of its own, no demo, and a token. */
public class OwnData implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path data = Files.createTempDirectory(Path.of("target"), "web-test");
            return Map.of(
                    "patchoscope.service.data",
                    data.toString(),
                    "patchoscope.service.store.location",
                    data.resolve("mail").toString(),
                    "patchoscope.service.demo",
                    "false",
                    "patchoscope.service.tokens",
                    "secret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The demo's review as number 1 and a hostile one as number 2, whichever test comes first. */
    static void fill(SeriesStore series, ReviewStore reviews, ReviewIndex index) throws IOException {
        if (reviews.totals().reviews() == 0) {
            reviews.add(series.add(Fixtures.demoSeries()).id(), Fixtures.demoReview());
            reviews.add(series.add(Fixtures.series(Hostile.TITLE, 2)).id(), Hostile.review());
            index.follow();
        }
    }
}
