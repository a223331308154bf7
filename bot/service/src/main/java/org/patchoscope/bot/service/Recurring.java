// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A step that a thread of its own takes again and again until it is stopped. One that fails is taken again as well. */
final class Recurring {
    private static final Logger LOG = Logger.getLogger(Recurring.class);

    private final String name;
    private final Duration pause;
    private final Step step;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread worker;

    /** What is done each time. */
    interface Step {
        /** Does it. */
        void take() throws IOException, InterruptedException;
    }

    Recurring(String name, Duration pause, Step step) {
        this.name = name;
        this.pause = pause;
        this.step = step;
        worker = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
    }

    void start() {
        worker.start();
    }

    boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /** Takes no further step. */
    void end() {
        stopped.countDown();
    }

    /** The same, and waits for a step that is under way. */
    void stop(Duration patience) throws InterruptedException {
        end();
        if (worker.isAlive()) {
            worker.join(patience);
        }
    }

    /** The same, but a step that is under way is cut off. */
    void interrupt(Duration patience) throws InterruptedException {
        end();
        worker.interrupt();
        stop(patience);
    }

    private void work() {
        try {
            do {
                attempt();
            } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            step.take();
        } catch (IOException | RuntimeException e) {
            // Nothing is lost: what a step does not come to waits for the next, or for the next process.
            if (!isStopping()) {
                LOG.warnf(e, "%s: has to wait", name);
            }
        }
    }
}
