// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.patchoscope.semantics.kernel.files.CacheFiles;

/**
 * A private directory for one job: this program writes only into {@code in}, sandboxed commands only into {@code out}.
 * Were it one directory, a hostile command could leave a symbolic link for us to write through.
 */
record Work(Path root) implements AutoCloseable {
    static Work create(Path cacheDir) throws IOException {
        Path root = Files.createTempDirectory(Files.createDirectories(cacheDir.resolve("work")), "job-");
        Work work = new Work(root);
        Files.createDirectory(work.in());
        Files.createDirectory(work.out());
        return work;
    }

    Path in() {
        return root.resolve("in");
    }

    Path out() {
        return root.resolve("out");
    }

    @Override
    public void close() throws IOException {
        CacheFiles.deleteTree(root);
    }
}
