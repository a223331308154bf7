// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One child process with its limits watched: time, output, number of processes and their memory together. */
final class Supervised {
    private static final int POLL_MILLIS = 100;

    private final Command command;
    private volatile boolean tooMuchOutput;

    Supervised(Command command) {
        this.command = command;
    }

    /**
     * The limits that the kernel keeps. Processes are not among them: RLIMIT_NPROC counts all processes of the user,
     * also outside, and does not hold for root; {@link ProcessTree} counts instead.
     */
    static List<String> limitPrefix(ResourceLimits limits) {
        return List.of(
                "prlimit",
                "--as=" + limits.memoryBytes(),
                "--fsize=" + limits.fileBytes(),
                "--core=0",
                "--nofile=4096",
                "--");
    }

    CommandOutcome run(List<String> argv, Path workingDir) {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(workingDir.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().putAll(command.env());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return supervise(process);
        } catch (IOException e) {
            return new CommandOutcome.Unavailable("cannot start " + argv.getFirst() + ": " + e.getMessage());
        }
    }

    private CommandOutcome supervise(Process process) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Thread readOut = Thread.ofVirtual().start(() -> drain(process.getInputStream(), out));
        Thread readErr = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), err));
        ProcessTree tree = new ProcessTree(process);
        try {
            Optional<String> exceeded = watch(process, tree);
            if (exceeded.isPresent()) {
                return new CommandOutcome.LimitExceeded(exceeded.get());
            }
            readOut.join();
            readErr.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandOutcome.Unavailable(
                    "interrupted while running " + command.argv().getFirst());
        } finally {
            tree.kill();
        }
        if (tooMuchOutput) {
            return new CommandOutcome.LimitExceeded(outputLimit());
        }
        return new CommandOutcome.Finished(
                process.exitValue(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Optional<String> watch(Process process, ProcessTree tree) throws InterruptedException {
        ResourceLimits limits = command.limits();
        long deadline = System.nanoTime() + limits.time().toNanos();
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() > deadline) {
                return Optional.of("time: " + limits.time().toSeconds() + " s");
            }
            if (tooMuchOutput) {
                return Optional.of(outputLimit());
            }
            ProcessTree.Usage usage = tree.usage();
            if (usage.processes() > limits.processes()) {
                return Optional.of("processes: " + limits.processes());
            }
            if (usage.residentBytes() > limits.memoryBytes()) {
                return Optional.of("memory: " + limits.memoryBytes() + " bytes");
            }
        }
        return Optional.empty();
    }

    private String outputLimit() {
        return "output: " + command.limits().outputBytes() + " bytes";
    }

    private void drain(InputStream in, ByteArrayOutputStream into) {
        byte[] buffer = new byte[1 << 16];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (into.size() + n > command.limits().outputBytes()) {
                    tooMuchOutput = true;
                    return;
                }
                into.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // The stream of a killed process breaks off; how the process ended is judged elsewhere.
            return;
        }
    }
}
