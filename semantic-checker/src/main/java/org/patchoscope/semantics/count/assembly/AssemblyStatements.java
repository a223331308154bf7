// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.assembly;

import java.util.ArrayList;
import java.util.List;

/** Takes a line of assembly apart at semicolons that are in no string, and drops its comment. */
final class AssemblyStatements {
    private AssemblyStatements() {}

    /** {@code hash}: whether {@code #} begins a comment, as on x86; on arm64 it begins an immediate. */
    static List<String> of(String line, boolean hash) {
        List<String> statements = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        int end = line.length();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (hash ? c == '#' : line.startsWith("//", i))) {
                end = i;
                break;
            } else if (!quoted && c == ';') {
                statements.add(line.substring(start, i));
                start = i + 1;
            }
        }
        statements.add(line.substring(start, end));
        return List.copyOf(statements);
    }
}
