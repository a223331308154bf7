// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which functions of one state can be traced and which cannot, object by object. */
public final class TracingTable {
    private TracingTable() {}

    /** Every function with code, by object and name. */
    public static SortedMap<String, SortedMap<String, Traceability>> of(TracingComparison.State state) {
        SortedMap<String, SortedMap<String, Traceability>> all = new TreeMap<>();
        for (Map.Entry<String, TraceSites> e : state.objects().entrySet()) {
            SortedMap<String, Traceability> functions = new TreeMap<>();
            e.getValue()
                    .object()
                    .functions()
                    .keySet()
                    .forEach(f ->
                            functions.put(f, TracingComparison.of(state, Objects.requireNonNull(e.getValue()), f)));
            all.put(e.getKey(), functions);
        }
        return all;
    }
}
