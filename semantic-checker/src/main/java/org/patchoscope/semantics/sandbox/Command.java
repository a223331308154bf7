// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One command line, without a shell. It sees the system's programs, the paths listed here, a private {@code /tmp} and
 * nothing else.
 */
public record Command(
        List<String> argv,
        Path workingDir,
        List<Path> readOnly,
        List<Path> writable,
        Map<String, String> env,
        ResourceLimits limits) {
    public Command {
        argv = List.copyOf(argv);
        readOnly = readOnly.stream().map(Command::absolute).toList();
        writable = writable.stream().map(Command::absolute).toList();
        env = Map.copyOf(env);
        workingDir = absolute(workingDir);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
