// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.util.Arrays;
import java.util.List;

/** An architecture that can be simulated, by the names that Kbuild, clang and ELF give it. */
public enum Arch {
    // arch/arm64 borrows Xen code from arch/arm; nothing else reaches into a sibling.
    ARM64("arm64", "arm64", "aarch64-linux-gnu", 183, List.of("arm64", "arm")),
    X86_64("x86_64", "x86", "x86_64-linux-gnu", 62, List.of("x86"));

    private final String kbuildName;
    private final String sourceDir;
    private final String triple;
    private final int elfMachine;
    private final List<String> archDirs;

    Arch(String kbuildName, String sourceDir, String triple, int elfMachine, List<String> archDirs) {
        this.kbuildName = kbuildName;
        this.sourceDir = sourceDir;
        this.triple = triple;
        this.elfMachine = elfMachine;
        this.archDirs = archDirs;
    }

    /**
     * The architecture that Kbuild calls so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Arch of(String kbuildName) {
        return Arrays.stream(values())
                .filter(a -> a.kbuildName.equals(kbuildName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no architecture named " + kbuildName));
    }

    /** The value of {@code ARCH=}. */
    public String kbuildName() {
        return kbuildName;
    }

    /** The directory below {@code arch/}. */
    public String sourceDir() {
        return sourceDir;
    }

    public String triple() {
        return triple;
    }

    public int elfMachine() {
        return elfMachine;
    }

    /** Whether a file can matter to this architecture's build at all, as far as {@code arch/} goes. */
    boolean concerns(String path) {
        String[] parts = path.split("/", 3);
        return parts.length < 3 || !parts[0].equals("arch") || archDirs.contains(parts[1]);
    }
}
