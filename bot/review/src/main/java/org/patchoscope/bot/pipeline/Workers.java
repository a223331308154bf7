// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Threads of a review: one goes ahead compiling, with as many compilers as it may run, and a few compare. Each takes
 * its work in the order in which it was handed in, so work may wait for other work that was handed in before it.
 */
final class Workers implements AutoCloseable {
    /** A comparison may take a gigabyte of memory. */
    private static final int MOST_COMPARISONS = 2;

    /** Bytes of stack: the simulator recurses as deep as expressions and paths are. */
    private static final long STACK = 256L << 20;

    private final ExecutorService compiling;
    private final ExecutorService comparing;

    Workers() {
        ThreadFactory threads = Thread.ofPlatform()
                .name("patchoscope-", 1)
                .stackSize(STACK)
                .daemon()
                .factory();
        this.compiling = Executors.newSingleThreadExecutor(threads);
        int comparisons = Math.min(MOST_COMPARISONS, Runtime.getRuntime().availableProcessors());
        this.comparing = Executors.newFixedThreadPool(comparisons, threads);
    }

    <T> Future<T> compile(Callable<T> work) {
        return compiling.submit(work);
    }

    <T> Future<T> compare(Callable<T> work) {
        return comparing.submit(work);
    }

    /** What came out; an unchecked exception of the work is thrown here. */
    static <T> T result(Future<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; a second run goes on from the cache", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException r -> throw r;
                case Error r -> throw r;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Ends what is under way: nobody may close a library that a thread still calls. */
    @Override
    public void close() {
        compiling.shutdownNow();
        comparing.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!compiling.isTerminated() || !comparing.isTerminated()) {
            try {
                boolean one = compiling.awaitTermination(1, TimeUnit.HOURS);
                if (!one || !comparing.awaitTermination(1, TimeUnit.HOURS)) {
                    throw new IllegalStateException("work on a review does not end");
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
