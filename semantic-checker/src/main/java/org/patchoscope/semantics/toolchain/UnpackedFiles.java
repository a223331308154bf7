// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.toolchain;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which entries of the toolchain jar are wanted, and where they go. */
final class UnpackedFiles {
    static final String PREFIX = "org/bytedeco/llvm/linux-x86_64/";
    static final String LIB_LLVM = "libLLVM.so.20.1";
    private static final String HEADERS = "lib/clang/20/include/";

    /** The jar's libraries lack the version in their name that the tools were linked against. */
    private static final Map<String, String> LIBRARIES =
            Map.of("libLLVM.so", "lib/" + LIB_LLVM, "libclang-cpp.so", "lib/libclang-cpp.so.20.1");

    private static final SortedMap<String, String> TOOLS = tools();

    /** Tools that behave by the name they are called with. */
    static final Map<String, String> LINKS = Map.of(
            "clang++", "clang",
            "ld.lld", "lld",
            "llvm-strip", "llvm-objcopy",
            "llvm-readelf", "llvm-readobj",
            "llvm-ranlib", "llvm-ar");

    private UnpackedFiles() {}

    private static SortedMap<String, String> tools() {
        SortedMap<String, String> tools = new TreeMap<>();
        for (String name : ("clang lld llc llvm-ar llvm-as llvm-dwarfdump llvm-mc llvm-mca llvm-nm llvm-objcopy "
                        + "llvm-objdump llvm-readobj llvm-size llvm-strings llvm-symbolizer")
                .split(" ", -1)) {
            tools.put(name, "bin/" + name);
        }
        return tools;
    }

    static int requiredEntries() {
        return TOOLS.size() + LIBRARIES.size();
    }

    static boolean isRequired(String target) {
        return TOOLS.containsValue(target) || LIBRARIES.containsValue(target);
    }

    static boolean isExecutable(String target) {
        return target.startsWith("bin/");
    }

    /** Where a jar entry goes below the toolchain's root; empty for one that is not wanted. */
    static Optional<String> target(String entry) {
        if (!entry.startsWith(PREFIX) || entry.endsWith("/") || entry.contains("..")) {
            return Optional.empty();
        }
        String name = entry.substring(PREFIX.length());
        if (name.startsWith(HEADERS)) {
            return Optional.of(name);
        }
        return Optional.ofNullable(TOOLS.getOrDefault(name, LIBRARIES.get(name)));
    }
}
