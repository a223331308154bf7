// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.object.DebugInfo.Prototype;

/**
 * Static calls: trampolines that the kernel patches, so that what an object holds of them says nothing about whom
 * they call. The callee's type is that of the function they are declared with ({@code include/linux/static_call.h};
 * {@code __DECLARE_TRACE} in include/linux/tracepoint.h).
 */
final class StaticCalls {
    private static final String TRAMPOLINE = "__SCT__";
    private static final String TRACEPOINT = "tp_func_";

    private StaticCalls() {}

    static boolean isTrampoline(String symbol) {
        return symbol.startsWith(TRAMPOLINE);
    }

    /** The type of a callee, also where that is a trampoline; null if it is not known. */
    static @Nullable Prototype prototype(Map<String, Prototype> known, String callee) {
        if (!isTrampoline(callee)) {
            return known.get(callee);
        }
        String name = callee.substring(TRAMPOLINE.length());
        List<String> declared = name.startsWith(TRACEPOINT)
                ? List.of("__traceiter_" + name.substring(TRACEPOINT.length()))
                : List.of(name, "raw_" + name);
        return declared.stream()
                .filter(known::containsKey)
                .findFirst()
                .map(known::get)
                .orElse(null);
    }
}
