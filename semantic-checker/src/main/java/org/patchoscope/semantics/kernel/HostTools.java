// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.patchoscope.semantics.kernel.config.Requirement;

/** Looks for what the kernel's build takes from the host. */
final class HostTools {
    private static final List<Path> BIN = List.of(Path.of("/usr/bin"), Path.of("/bin"));

    private HostTools() {}

    static List<Requirement> check() {
        return List.of(
                program("make", "runs Kbuild", "make"),
                program("gcc", "gives clang the host's C runtime for Kbuild's helper programs", "gcc"),
                header("stdio.h", "Kbuild's helper programs", "libc6-dev"),
                program("flex", "Kconfig's parser", "flex"),
                program("bison", "Kconfig's parser", "bison"),
                program("bc", "timeconst.h", "bc"),
                program("perl", "generated headers", "perl"),
                program("awk", "generated headers", "mawk"),
                header("gelf.h", "objtool, for x86_64", "libelf-dev"),
                header("openssl/opensslv.h", "certificate tools", "libssl-dev"),
                program("prlimit", "limits of sandboxed commands", "util-linux"),
                program("bwrap", "the sandbox for mailed patches", "bubblewrap"));
    }

    private static Requirement program(String name, String why, String debianPackage) {
        boolean present = BIN.stream().anyMatch(dir -> Files.isExecutable(dir.resolve(name)));
        return new Requirement(name, present, why, debianPackage);
    }

    private static Requirement header(String name, String why, String debianPackage) {
        boolean present = List.of("", "x86_64-linux-gnu", "aarch64-linux-gnu").stream()
                .anyMatch(dir ->
                        Files.isRegularFile(Path.of("/usr/include").resolve(dir).resolve(name)));
        return new Requirement(name, present, why, debianPackage);
    }
}
