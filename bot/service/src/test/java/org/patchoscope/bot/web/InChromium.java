// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/** Tests of pages in a real browser, of a service with reviews in it. */
abstract class InChromium {
    @TestHTTPResource
    URI here = URI.create("http://localhost");

    @Inject
    SeriesStore series;

    @Inject
    ReviewStore reviews;

    @Inject
    ReviewIndex index;

    final Chromium chromium = new Chromium();
    final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        Chromium.assumeThere();
        OwnData.fill(series, reviews, index);
    }

    @AfterEach
    void close() throws Exception {
        chromium.close();
    }
}
