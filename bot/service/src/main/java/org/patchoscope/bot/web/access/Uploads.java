// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bodies of requests on their way to the disk: so many at once, so large, and for so long. Afterwards one at a time is worked on,
 * since mails in memory take several times their size.
 */
@Singleton
public final class Uploads {
    /** As in {@code quarkus.http.limits.max-body-size}. Bytes. */
    public static final long LARGEST = 32L << 20;

    private static final int AT_ONCE = 4;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration TURN = Duration.ofSeconds(30);

    private final Semaphore receiving = new Semaphore(AT_ONCE);
    private final Semaphore working = new Semaphore(1, true);

    /** What is done with a body. */
    public interface Work<T, X extends Exception> {
        /** Does it. */
        T with(InputStream body) throws IOException, X;
    }

    /** Why a body is not taken. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String why) {
            super(why);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /**
     * Receives a body and works on it.
     *
     * @throws Refused where it is too large, too slow, or too many come at once
     */
    public <T, X extends Exception> T take(InputStream body, Work<T, X> work)
            throws Refused, IOException, InterruptedException, X {
        if (!receiving.tryAcquire()) {
            throw new Refused(503, "as many are handed in at the moment as are taken at once");
        }
        Path file = Files.createTempFile("patchoscope-upload", ".mbox");
        try {
            receive(body, file);
            if (!working.tryAcquire(TURN.toSeconds(), TimeUnit.SECONDS)) {
                throw new Refused(503, "others that were handed in are still being read");
            }
            try (InputStream received = Files.newInputStream(file)) {
                return work.with(received);
            } finally {
                working.release();
            }
        } finally {
            receiving.release();
            Files.deleteIfExists(file);
        }
    }

    /** A client that stalls or leaves is no fault of this program. */
    private static int read(InputStream body, byte[] buffer) throws Refused {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new Refused(408, "it stopped coming");
        }
    }

    private static void receive(InputStream body, Path file) throws Refused, IOException {
        long start = System.nanoTime();
        byte[] buffer = new byte[16 << 10];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
                size += n;
                if (size > LARGEST) {
                    throw new Refused(413, "more than " + (LARGEST >> 20) + " MB");
                }
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new Refused(408, "it took more than " + LONGEST.toMinutes() + " minutes to come");
                }
                out.write(buffer, 0, n);
            }
        }
    }
}
