// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Decides whether a state can be shown by an overlay or needs a tree of its own, in which Kbuild runs. */
final class TreeNeed {
    private static final Pattern BUILD_SYSTEM = Pattern.compile("(.*/)?(Kconfig|Makefile|Kbuild)[^/]*"
            + "|.*\\.(lds\\.S|lds|tbl|mk|awk|sh|pl|py)"
            + "|(scripts|tools|arch/[^/]+/tools)/.*");

    /** Never read when an object is built for the kernel itself. */
    private static final List<String> ELSEWHERE = List.of("Documentation/", "tools/testing/", "LICENSES/");

    private TreeNeed() {}

    /** Why a tree is needed; empty when an overlay shows the state exactly. */
    static Optional<String> reason(Arch arch, Set<String> scripted, SourceState state) {
        for (String path : state.deleted()) {
            if (relevant(arch, path)) {
                return Optional.of("an overlay cannot hide the deleted file " + path);
            }
        }
        return state.replaced().keySet().stream()
                .map(path -> reason(arch, scripted, path))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> reason(Arch arch, Set<String> scripted, String path) {
        if (scripted.contains(path)) {
            return Optional.of("generated headers are made from " + path);
        }
        return relevant(arch, path) && BUILD_SYSTEM.matcher(path).matches()
                ? Optional.of("the build itself is changed by " + path)
                : Optional.empty();
    }

    /**
     * The state with those of its differences alone that make a tree needed: states with the same core may share one.
     * A file that is new or gone can change what an include finds, so a state with such is all core.
     */
    static SourceState core(Arch arch, Set<String> scripted, SourceState state) {
        if (!state.presence().isEmpty()) {
            return state;
        }
        SortedMap<String, byte[]> core = new TreeMap<>(state.replaced());
        core.keySet().removeIf(path -> reason(arch, scripted, path).isEmpty());
        return new SourceState(state.baseDir(), state.baseId(), core, state.deleted());
    }

    private static boolean relevant(Arch arch, String path) {
        return arch.concerns(path) && ELSEWHERE.stream().noneMatch(path::startsWith);
    }
}
