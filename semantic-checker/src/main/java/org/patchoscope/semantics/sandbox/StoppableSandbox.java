// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.patchoscope.semantics.work.TimeIsUp;
import org.patchoscope.semantics.work.WorkCancelled;
import org.patchoscope.semantics.work.WorkTime;

/** A sandbox whose command is killed when there is no time left for the work that it belongs to. */
public final class StoppableSandbox implements Sandbox {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Sandbox sandbox;
    private final WorkTime time;

    /** Runs commands in {@code sandbox}, which kills what it runs when its thread is interrupted. */
    public StoppableSandbox(Sandbox sandbox, WorkTime time) {
        this.sandbox = sandbox;
        this.time = time;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TimeIsUp where it was killed, or not started, for want of time; so nobody takes that for an outcome
     * @throws WorkCancelled likewise
     */
    @Override
    public CommandOutcome run(Command command) {
        time.check();
        FutureTask<CommandOutcome> running = new FutureTask<>(() -> sandbox.run(command));
        Thread thread = Thread.ofVirtual().start(running);
        try {
            while (true) {
                try {
                    return running.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    time.check();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandOutcome.Unavailable(
                    "interrupted while running " + command.argv().getFirst());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            end(thread);
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
