// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.util.Arrays;
import java.util.List;

/** Reads the make rule that clang's {@code -MMD} writes. */
public final class DepFile {
    private DepFile() {}

    public static List<String> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a dependency rule");
        }
        // A space in a name is written "\ "; no kernel file has one, so such a name would be an attack or a mistake.
        String names = text.substring(colon + 1).replace("\\\n", " ");
        if (names.contains("\\")) {
            throw new IllegalArgumentException("a dependency has an escaped name");
        }
        return Arrays.stream(names.strip().split("\\s+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
