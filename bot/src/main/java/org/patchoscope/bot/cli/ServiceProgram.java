// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.patchoscope.bot.pipeline.ReviewException;

/**
 * The service, which this module does not know: it comes on the class path of {@code serve} alone, so that no other command
 * waits for it (docs/decisions/0012).
 */
public interface ServiceProgram {
    /**
     * What the command line says.
     *
     * @param data where the service keeps what it must not lose
     * @param cache trees, builds and tools
     * @param host address to listen on
     * @param tree name of the tree that series are reviewed on, or empty
     * @param manner how they are reviewed
     * @param mail the store of mail that is followed
     */
    record Options(
            Path data,
            Path cache,
            String host,
            int port,
            List<String> tree,
            SeriesReviewer.Manner manner,
            MailLocation mail) {
        /** Makes options. */
        public Options {
            tree = List.copyOf(tree);
        }
    }

    /**
     * A store of mail.
     *
     * @param location a directory or a JDBC address
     * @param user may be empty
     * @param password may be empty; not part of {@link #toString}
     */
    record MailLocation(String location, String user, String password) {
        @Override
        public String toString() {
            return location;
        }
    }

    /** The one that is on the class path. */
    static ServiceProgram find() throws ReviewException {
        return ServiceLoader.load(ServiceProgram.class)
                .findFirst()
                .orElseThrow(() -> new ReviewException(
                        "the service is not on the class path", "serve", "start it with ./patchoscope"));
    }

    /** Runs until it is told to stop; the exit status. */
    int run(Options options);

    /**
     * Measures searching in made-up reviews; a table.
     *
     * @param directory for the index, empty
     * @param rate requests a second
     */
    String benchSearch(Path directory, int reviews, int rate, int seconds) throws IOException, InterruptedException;
}
