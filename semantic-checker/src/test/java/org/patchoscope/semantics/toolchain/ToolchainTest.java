// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainTest {
    @Test
    void unpacksOnceAndRuns(@TempDir Path cache) throws Exception {
        List<String> steps = new ArrayList<>();
        Toolchain toolchain = Toolchain.unpack(cache, steps::add);
        Toolchain again = Toolchain.unpack(cache, steps::add);

        assertThat(steps).hasSize(1);
        assertThat(again.bin()).isEqualTo(toolchain.bin());
        assertThat(toolchain.libLLVM()).isRegularFile();
        assertThat(toolchain.version()).startsWith("20.1.7");
        for (String name : List.of("clang", "ld.lld", "llvm-readelf", "llvm-strip", "llvm-objcopy")) {
            Process process = new ProcessBuilder(toolchain.tool(name).toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("20.1");
            assertThat(process.waitFor()).isZero();
        }
        try (var left = Files.list(cache.resolve("toolchain"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aMissingToolIsNamed(@TempDir Path cache) {
        Toolchain empty = new Toolchain(cache, "x");
        assertThatThrownBy(() -> empty.tool("llvm-nope"))
                .isInstanceOf(ToolchainException.class)
                .hasMessageContaining("llvm-nope");
    }

    @Test
    void entriesThatClimbOutAreNotWanted() {
        assertThat(UnpackedFiles.target(UnpackedFiles.PREFIX + "lib/clang/20/include/../../../../x"))
                .isEmpty();
        assertThat(UnpackedFiles.target(UnpackedFiles.PREFIX + "lib/clang/20/include/stddef.h"))
                .contains("lib/clang/20/include/stddef.h");
        assertThat(UnpackedFiles.target(UnpackedFiles.PREFIX + "clang")).contains("bin/clang");
    }
}
