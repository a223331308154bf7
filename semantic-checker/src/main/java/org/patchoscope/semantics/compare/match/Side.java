// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.Map;
import org.patchoscope.semantics.program.Program;

/** One side: the program, and what its tree calls things. */
public record Side(Program program, Map<String, Long> macros, Map<Integer, String> features) {
    public Side {
        macros = Map.copyOf(macros);
        features = Map.copyOf(features);
    }
}
