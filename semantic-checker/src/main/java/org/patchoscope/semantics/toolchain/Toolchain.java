// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.toolchain;

import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that holds an LLVM toolchain laid out as Kbuild's {@code LLVM=<dir>/bin/} expects it. */
public final class Toolchain {
    private final Path root;
    private final String version;

    Toolchain(Path root, String version) {
        this.root = root;
        this.version = version;
    }

    /**
     * Unpacks the toolchain jar of the class path under {@code cacheDir}, unless that was done before. Only the dozen
     * tools that are needed are written (about 280 MB instead of 500).
     */
    public static Toolchain unpack(Path cacheDir, Progress progress) {
        return new Unpacker(cacheDir.toAbsolutePath().normalize(), progress).unpack();
    }

    public Path root() {
        return root;
    }

    public Path bin() {
        return root.resolve("bin");
    }

    /** The path of a tool by its usual name, e.g. {@code llvm-readelf}. */
    public Path tool(String name) {
        Path tool = bin().resolve(name);
        if (!Files.isExecutable(tool)) {
            throw new ToolchainException(
                    "the embedded toolchain has no tool " + name, tool.toString(), "use one of those in " + bin());
        }
        return tool;
    }

    public Path libLLVM() {
        return root.resolve("lib").resolve(UnpackedFiles.LIB_LLVM);
    }

    public String version() {
        return version;
    }
}
