// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchoscope.semantics.kernel.files.CompileOutcome;

/** What is known of the macros that an object's source sees. */
public sealed interface MacroTable {
    /**
     * The table.
     *
     * @param values by name, as unsigned 64-bit numbers; negative ones are sign-extended
     * @param notConstant names that match but have no constant value
     */
    record Values(SortedMap<String, Long> values, SortedSet<String> notConstant) implements MacroTable {
        public Values {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
            notConstant = Collections.unmodifiableSortedSet(new TreeSet<>(notConstant));
        }
    }

    /** There is no table. */
    record Unknown(CompileOutcome why) implements MacroTable {}
}
