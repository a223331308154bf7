// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.object.DebugInfo.Prototype;

/**
 * Static calls: trampolines that the kernel patches, so that what an object holds of them says nothing about whom
 * they call. The callee's type is that of the function they are declared with ({@code include/linux/static_call.h};
 * {@code __DECLARE_TRACE} in include/linux/tracepoint.h), or that of the inline function that does nothing but call it
 * ({@code apic_read()} and its like in arch/x86/include/asm/apic.h).
 */
public final class StaticCalls {
    private static final String TRAMPOLINE = "__SCT__";
    private static final String TRACEPOINT = "tp_func_";
    private static final String APIC = "apic_call_";

    private StaticCalls() {}

    static boolean isTrampoline(String symbol) {
        return symbol.startsWith(TRAMPOLINE);
    }

    /** The type of a callee, also where that is a trampoline; null if it is not known. */
    public static @Nullable Prototype prototype(Map<String, Prototype> known, String callee) {
        if (!isTrampoline(callee)) {
            return known.get(callee);
        }
        String name = callee.substring(TRAMPOLINE.length());
        return declared(name).stream()
                .filter(known::containsKey)
                .findFirst()
                .map(known::get)
                .orElse(null);
    }

    private static List<String> declared(String name) {
        if (name.startsWith(TRACEPOINT)) {
            return List.of("__traceiter_" + name.substring(TRACEPOINT.length()));
        }
        return name.startsWith(APIC) ? List.of("apic_" + name.substring(APIC.length())) : List.of(name, "raw_" + name);
    }
}
