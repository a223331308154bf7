// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Bubblewrap: own namespaces (no network, own processes), the system's programs and the named paths read-only, private
 * {@code /tmp}, minimal {@code /proc} and {@code /dev}, no capabilities.
 */
public final class BubblewrapSandbox implements Sandbox {
    private static final List<String> SYSTEM_DIRS = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
    private static final List<String> SYSTEM_FILES =
            List.of("/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d");

    private final List<String> isolation;

    BubblewrapSandbox(List<String> isolation) {
        this.isolation = List.copyOf(isolation);
    }

    @Override
    public CommandOutcome run(Command command) {
        List<String> argv = new ArrayList<>(Supervised.limitPrefix(command.limits()));
        argv.addAll(wrap(command));
        return new Supervised(command).run(argv, Path.of("/"));
    }

    List<String> wrap(Command command) {
        List<String> argv = new ArrayList<>(List.of("bwrap"));
        argv.addAll(isolation);
        argv.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
        argv.addAll(List.of("--ro-bind", "/usr", "/usr"));
        SYSTEM_DIRS.forEach(dir -> addSystemDir(argv, Path.of(dir)));
        SYSTEM_FILES.forEach(file -> argv.addAll(List.of("--ro-bind-try", file, file)));
        argv.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        argv.addAll(List.of("--size", Long.toString(command.limits().fileBytes()), "--tmpfs", "/tmp"));
        command.readOnly().forEach(path -> argv.addAll(List.of("--ro-bind", path.toString(), path.toString())));
        command.writable().forEach(path -> argv.addAll(List.of("--bind", path.toString(), path.toString())));
        // Last, so that the mount points above can still be made: the root itself is a writable tmpfs otherwise.
        argv.addAll(List.of("--remount-ro", "/", "--chdir", command.workingDir().toString(), "--"));
        argv.addAll(command.argv());
        return argv;
    }

    private static void addSystemDir(List<String> argv, Path dir) {
        if (Files.isSymbolicLink(dir)) {
            argv.addAll(List.of("--symlink", "usr" + dir, dir.toString()));
        } else if (Files.isDirectory(dir)) {
            argv.addAll(List.of("--ro-bind", dir.toString(), dir.toString()));
        }
    }
}
