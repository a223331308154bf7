// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.util.List;
import java.util.regex.Pattern;

/** What a patch touched, and its hunks for quoting. */
public record Footprint(List<TouchedFile> files, List<Hunk> hunks) {
    private static final Pattern BUILD_FILE = Pattern.compile(
            "(^|.*/)(Kconfig([.-][^/]*)?|Kbuild([.-][^/]*)?|Makefile([.-][^/]*)?)$|.*\\.(tbl|lds\\.S|lds\\.h)$"
                    + "|^scripts/.*|^tools/(objtool|build|scripts)/.*|.*/(syscall|cpucaps|sysreg)$");

    public Footprint {
        files = List.copyOf(files);
        hunks = List.copyOf(hunks);
    }

    /**
     * Whether Kbuild must run for it: it touches Kconfig or Kbuild files, build scripts, or files that
     * headers are generated from. A file overlay is then not enough.
     */
    public boolean needsKbuild() {
        return files.stream().anyMatch(f -> BUILD_FILE.matcher(f.path()).matches());
    }
}
