// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on every core, each with tools of its own. */
final class Parallel {
    /** A worker; it takes its share from something shared. */
    interface Worker {
        void run() throws IOException;
    }

    private Parallel() {}

    static void run(Worker worker) throws IOException {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    worker.run();
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
        }
    }

    private static void await(Future<?> one) throws IOException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
