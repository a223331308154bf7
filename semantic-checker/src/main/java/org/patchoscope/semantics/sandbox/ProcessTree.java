// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A process and everything below it, seen from outside its namespaces. */
final class ProcessTree {
    private static final int PAGE = 4096;

    private final Process root;

    ProcessTree(Process root) {
        this.root = root;
    }

    record Usage(int processes, long residentBytes) {}

    Usage usage() {
        List<Long> pids = root.descendants().map(ProcessHandle::pid).toList();
        return new Usage(
                pids.size(), pids.stream().mapToLong(ProcessTree::residentBytes).sum());
    }

    /**
     * Found while they are below the root, then killed from the root down: a shell whose child is killed first goes on to
     * its next command. Bubblewrap's init takes its namespace along.
     */
    void kill() {
        List<ProcessHandle> below = root.descendants()
                .sorted(Comparator.comparing(ProcessTree::began).thenComparingLong(ProcessHandle::pid))
                .toList();
        root.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    /** A parent begins before its children. */
    private static Instant began(ProcessHandle p) {
        return p.info().startInstant().orElse(Instant.EPOCH);
    }

    private static long residentBytes(long pid) {
        try {
            String[] fields = Files.readString(Path.of("/proc", Long.toString(pid), "statm"))
                    .split(" ", -1);
            return fields.length > 1 ? Long.parseLong(fields[1]) * PAGE : 0;
        } catch (IOException | NumberFormatException e) {
            return 0; // gone in the meantime
        }
    }
}
