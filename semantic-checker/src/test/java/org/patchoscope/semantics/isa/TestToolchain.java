// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.patchoscope.semantics.toolchain.Toolchain;

/** The LLVM toolchain that tests use: the embedded one. */
public final class TestToolchain {
    private TestToolchain() {}

    /** Its directory, unpacked once for all tests of a machine. */
    public static Path directory() {
        return Toolchain.unpack(Path.of(System.getProperty("user.home"), ".cache", "patchoscope", "toolchain"), s -> {})
                .root();
    }

    public static Disassembler arm64() {
        return new Disassembler(directory().resolve("lib/libLLVM.so.20.1"), "aarch64-linux-gnu", "+all");
    }

    public static Disassembler x86() {
        return new Disassembler(directory().resolve("lib/libLLVM.so.20.1"), "x86_64-linux-gnu", "");
    }

    /** Runs a tool; its standard output goes to {@code output}. */
    public static void run(Path output, List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("patchoscope", ".err");
        Process p = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!p.waitFor(120, TimeUnit.SECONDS)) {
            p.destroyForcibly();
            throw new IOException("timeout: " + command);
        }
        String text = Files.readString(errors);
        Files.delete(errors);
        if (p.exitValue() != 0) {
            throw new IOException(command + " gave " + p.exitValue() + ": " + text);
        }
    }

    /** The object of C or assembly source {@code name}, with debug information, for the processor of {@code triple}. */
    public static Path compile(Path directory, String triple, String name, String source, List<String> options)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve(name), source);
        Path object = directory.resolve(name + ".o");
        List<String> clang =
                new ArrayList<>(List.of(directory().resolve("bin/clang").toString(), "--target=" + triple, "-g"));
        clang.addAll(options);
        clang.addAll(List.of("-c", file.toString(), "-o", object.toString()));
        run(directory.resolve("log"), clang);
        return object;
    }

    /** The bytes of the section {@code .text} of assembly source for {@code target}. */
    public static byte[] assemble(Path directory, String target, String source)
            throws IOException, InterruptedException {
        Path tools = directory().resolve("bin");
        Path s = Files.writeString(directory.resolve("code.s"), source + "\n");
        Path o = directory.resolve("code.o");
        Path bin = directory.resolve("code.bin");
        Path log = directory.resolve("log");
        List<String> clang = new ArrayList<>(List.of(tools.resolve("clang").toString(), "--target=" + target, "-c"));
        if (target.startsWith("aarch64")) {
            clang.add("-march=armv8.9-a+memtag+sve+sme+rcpc3");
        }
        clang.addAll(List.of(s.toString(), "-o", o.toString()));
        run(log, clang);
        String objcopy = tools.resolve("llvm-objcopy").toString();
        run(log, List.of(objcopy, "-O", "binary", "-j", ".text", o.toString(), bin.toString()));
        return Files.readAllBytes(bin);
    }
}
