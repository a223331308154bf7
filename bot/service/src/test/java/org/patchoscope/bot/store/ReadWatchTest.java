// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.patchoscope.mail.store.ReadWatch;

/** The embedded database on a disk that is full for a while, and reads of it that come back or do not. */
@Isolated("H2 knows kinds of file system by name, for all of the process")
@Timeout(60)
class ReadWatchTest {
    private static final ReadWatch.Pace FAST =
            new ReadWatch.Pace(Duration.ofMillis(700), Duration.ofMillis(20), Duration.ofSeconds(5));

    /** On a busy machine a read may take a while, and yet come back. */
    private static final ReadWatch.Pace PATIENT =
            new ReadWatch.Pace(Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofSeconds(5));

    @TempDir
    private Path folder;

    private final Semaphore unreadable = new Semaphore(0);
    private final CountDownLatch hanging = new CountDownLatch(1);

    @BeforeEach
    void mount() {
        // For good: what still closes in the background must find its files.
        FilePath.register(new FaultyFiles());
    }

    @AfterEach
    void makeRoom() {
        FaultyFiles.full(false);
    }

    @Test
    void aStoreThatCannotBeReadAfterAFailedWriteIsTold() throws Exception {
        try (Database database = open(FAST)) {
            Thread.ofVirtual().start(() -> database.read(c -> hang()));
            assertThat(unreadable.tryAcquire(2, TimeUnit.SECONDS))
                    .as("nothing failed")
                    .isFalse();
            fillUp(database);
            assertThat(unreadable.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(unreadable.tryAcquire(2, TimeUnit.SECONDS)).as("once").isFalse();
            FaultyFiles.full(false);
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void aStoreThatIsFullForAWhileIsNotGivenUp() throws Exception {
        try (Database database = open(PATIENT)) {
            fillUp(database);
            assertThat(unreadable.tryAcquire(2, TimeUnit.SECONDS)).isFalse();
            FaultyFiles.full(false);
            Instant end = Instant.now().plusSeconds(20);
            while (!writes(database) && Instant.now().isBefore(end)) {
                Thread.sleep(50);
            }
            assertThat(writes(database)).as("there is room again").isTrue();
        }
        assertThat(unreadable.availablePermits()).isZero();
    }

    private Database open(ReadWatch.Pace pace) {
        return Database.watched(Database.file(FaultyFiles.KIND, folder), new ReadWatch(pace, unreadable::release));
    }

    /** As threads do in H2, without the load that it takes there. */
    private boolean hang() {
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private void fillUp(Database database) {
        assertThat(writes(database)).isTrue();
        FaultyFiles.full(true);
        assertThatThrownBy(() -> write(database)).isInstanceOf(StoreException.class);
    }

    private boolean writes(Database database) {
        try {
            write(database);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private static void write(Database database) {
        new MailSources(database).followed("store", Clock.systemUTC().instant());
    }
}
