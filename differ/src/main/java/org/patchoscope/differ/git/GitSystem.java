// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the settings of the user and the machine away from JGit, so that a result does not depend
 * on whose account it was made in. JGit's own file is kept, in our directory: in it JGit remembers
 * the file system's time resolution, which takes it seconds to measure.
 */
public final class GitSystem extends SystemReader.Delegate {
    private final Path directory;

    private GitSystem(SystemReader original, Path directory) {
        super(original);
        this.directory = directory;
    }

    /** Takes effect for the whole process; the first directory given is kept. */
    public static void install(Path directory) throws IOException {
        synchronized (GitSystem.class) {
            SystemReader present = SystemReader.getInstance();
            if (!(present instanceof GitSystem installed && Files.isDirectory(installed.directory))) {
                Files.createDirectories(directory);
                SystemReader.setInstance(new GitSystem(present, directory.toAbsolutePath()));
            }
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new FileBasedConfig(parent, directory.resolve("jgit.config").toFile(), fs);
    }

    /** A configuration without a file. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // There is nothing to read.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
