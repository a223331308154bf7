// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store of mail of which something does not come back. */
@Timeout(60)
class HangingStoreTest {
    private static final ReadWatch.Pace FAST =
            new ReadWatch.Pace(Duration.ofMillis(500), Duration.ofMillis(20), Duration.ofSeconds(5));

    @TempDir
    private Path folder;

    private final Semaphore told = new Semaphore(0);

    @Test
    void isToldAfterAFailureAndNotBefore() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        try (MailStore store = open()) {
            Thread.ofVirtual().start(() -> hang(store, hanging));
            assertThat(told.tryAcquire(2, TimeUnit.SECONDS))
                    .as("it may only take long")
                    .isFalse();
            fail(store);
            assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void isNotToldWhereItOnlyFails() throws Exception {
        try (MailStore store = open()) {
            fail(store);
            assertThat(store.position("source")).isEmpty();
        }
        assertThat(told.tryAcquire(2, TimeUnit.SECONDS)).isFalse();
    }

    private MailStore open() throws StoreException {
        return MailStore.open(
                new StoreLocation.Directory(folder),
                Duration.ZERO,
                Clock.systemUTC(),
                new ReadWatch(FAST, told::release));
    }

    private static void fail(MailStore store) {
        assertThatThrownBy(() -> store.change(() -> {
                    throw new SQLException("no space left on device");
                }))
                .isInstanceOf(StoreException.class);
    }

    private static void hang(MailStore store, CountDownLatch hanging) {
        try {
            store.ask(() -> {
                try {
                    hanging.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
