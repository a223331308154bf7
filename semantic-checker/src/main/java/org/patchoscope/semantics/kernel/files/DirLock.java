// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a directory against other threads and processes; the kernel releases it if this process dies. */
public final class DirLock {
    private static final int RETRY_MILLIS = 50;

    private DirLock() {}

    /** What is done while the directory is held. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    public static <T> T holding(Path dir, Work<T> work) throws IOException {
        Files.createDirectories(dir);
        try (FileChannel channel =
                FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (!tryLock(channel)) {
                Thread.sleep(RETRY_MILLIS);
            }
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + dir, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this very process has it
        }
    }
}
