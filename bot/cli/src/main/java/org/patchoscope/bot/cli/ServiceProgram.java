// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
     * @param file the configuration file, or nothing
     * @param settings by their names in that file; only those that were given, which go before all others
     */
    record Options(List<Path> file, Map<String, String> settings) {
        /** Makes options. */
        public Options {
            file = List.copyOf(file);
            settings = Map.copyOf(settings);
        }
    }

    /** The one that is on the class path. */
    static ServiceProgram find() throws ReviewException {
        return ServiceLoader.load(ServiceProgram.class)
                .findFirst()
                .orElseThrow(() -> new ReviewException(
                        "the service is not on the class path", "serve", "start it with ./patchoscope"));
    }

    /**
     * Runs until it is told to stop; the exit status.
     *
     * @throws ReviewException where the configuration file cannot be used
     */
    int run(Options options) throws ReviewException;

    /**
     * Looks at everything that the options, the file and the environment say, and starts nothing; one line for each thing that was
     * looked at.
     *
     * @throws ReviewException for the first mistake
     */
    List<String> check(Options options) throws ReviewException;

    /**
     * Measures searching in made-up reviews; a table.
     *
     * @param directory for the index, empty or from an earlier run
     * @param rate requests a second
     */
    String benchSearch(Path directory, int reviews, int rate, int seconds) throws IOException, InterruptedException;
}
