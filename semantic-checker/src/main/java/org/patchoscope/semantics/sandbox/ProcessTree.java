// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Descendants first, while they can still be found below the root; bubblewrap's init takes its namespace along. */
    void kill() {
        root.descendants().forEach(ProcessHandle::destroyForcibly);
        root.destroyForcibly();
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
