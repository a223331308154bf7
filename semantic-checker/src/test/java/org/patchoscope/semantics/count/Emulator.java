// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole emulated machine (QEMU) that writes down each instruction it executes. */
final class Emulator {
    private static final Pattern EXECUTED = Pattern.compile("Trace \\d+: \\S+ \\[[0-9a-f]+/([0-9a-f]{16})/.*");
    private static final long SECONDS = 60;

    private Emulator() {}

    /** Skips the test where there is no emulator of that name, which {@code debian}'s package has. */
    static void assume(String name, String debian) {
        boolean there = List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(d -> Files.isExecutable(Path.of(d, name)));
        assumeTrue(there, "no " + name + " (Debian: " + debian + ")");
    }

    /** Starts a machine and stops when it gets to {@code last}; the addresses of the instructions before, in order. */
    static List<Long> run(List<String> machine, Path directory, long last) throws IOException, InterruptedException {
        Path log = directory.resolve("executed.log");
        Files.deleteIfExists(log);
        Files.createFile(log);
        List<String> command = new ArrayList<>(machine);
        command.addAll(List.of("-display", "none", "-serial", "none", "-monitor", "none", "-m", "256"));
        command.addAll(List.of("-singlestep", "-d", "exec,nochain", "-D", log.toString()));
        Process qemu = new ProcessBuilder(command).inheritIO().start();
        try {
            return read(log, last, qemu);
        } finally {
            qemu.destroyForcibly();
            qemu.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static List<Long> read(Path log, long last, Process qemu) throws IOException, InterruptedException {
        List<Long> executed = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        StringBuilder line = new StringBuilder();
        try (BufferedReader in = Files.newBufferedReader(log)) {
            while (System.nanoTime() < until) {
                int c = in.read();
                if (c < 0) {
                    if (!qemu.isAlive()) {
                        throw new IOException("the emulator ended early after " + executed.size() + " instructions");
                    }
                    Thread.sleep(20);
                } else if (c != '\n') {
                    line.append((char) c);
                } else {
                    Matcher m = EXECUTED.matcher(line.toString());
                    line.setLength(0);
                    if (m.matches()) {
                        long pc = Long.parseUnsignedLong(m.group(1), 16);
                        if (pc == last) {
                            return executed;
                        }
                        executed.add(pc);
                    }
                }
            }
        }
        throw new IOException("not there after " + SECONDS + " s and " + executed.size() + " instructions; last at 0x"
                + (executed.isEmpty() ? "" : Long.toHexString(executed.getLast())));
    }
}
