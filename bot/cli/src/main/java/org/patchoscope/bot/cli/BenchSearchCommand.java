// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.engine.ScratchDirectory;
import org.patchoscope.bot.pipeline.ReviewException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code patchoscope bench search}: how long searching takes among very many reviews. */
@Command(name = "search", description = "Measure searching: made-up reviews of ten findings each, at a steady rate.")
final class BenchSearchCommand implements Callable<Integer> {
    @Option(names = "--reviews", paramLabel = "N", description = "How many reviews (default: 100000).")
    private int reviews = 100_000;

    @Option(names = "--rate", paramLabel = "N", description = "Requests a second (default: 50).")
    private int rate = 50;

    @Option(names = "--seconds", paramLabel = "N", description = "For how long (default: 60).")
    private int seconds = 60;

    @Option(
            names = "--index",
            paramLabel = "DIR",
            description = "Keep the index there, and use it again if it has as many reviews (default: thrown away).")
    private @Nullable Path index;

    @Override
    public Integer call() throws IOException, ReviewException, InterruptedException {
        if (reviews < 1 || rate < 1 || seconds < 1) {
            throw new ReviewException("nothing to measure", "bench search", "give numbers from 1");
        }
        if (index != null) {
            System.out.print(ServiceProgram.find().benchSearch(index, reviews, rate, seconds));
            return 0;
        }
        try (ScratchDirectory scratch = ScratchDirectory.create("bench-search")) {
            System.out.print(ServiceProgram.find().benchSearch(scratch.path(), reviews, rate, seconds));
        }
        return 0;
    }
}
