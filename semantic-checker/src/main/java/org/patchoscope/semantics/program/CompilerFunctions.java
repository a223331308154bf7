// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Prototype;

/**
 * Functions that a compiler calls although no source does, to copy a structure for one; debug information has no
 * prototype of them then. Theirs are fixed: by C17, 7.24 ({@code mem*}, {@code str*}; a kernel is bound to it by
 * include/linux/string.h), by POSIX.1-2001 ({@code bcmp}), and by what the stack protector calls (kernel/panic.c).
 * Pointers and {@code size_t} have 8 bytes on all architectures here.
 */
public final class CompilerFunctions {
    private static final DebugInfo.Type NOTHING = new DebugInfo.Type("void", 0);
    private static final DebugInfo.Type POINTER = new DebugInfo.Type("void *", 8);
    private static final DebugInfo.Type READ = new DebugInfo.Type("const void *", 8);
    private static final DebugInfo.Type TEXT = new DebugInfo.Type("const char *", 8);
    private static final DebugInfo.Type INT = new DebugInfo.Type("int", 4);
    private static final DebugInfo.Type SIZE = new DebugInfo.Type("size_t", 8);

    private static final Map<String, Prototype> ALL = Stream.of(
                    declared("memcpy", POINTER, POINTER, READ, SIZE),
                    declared("memmove", POINTER, POINTER, READ, SIZE),
                    declared("memset", POINTER, POINTER, INT, SIZE),
                    declared("memcmp", INT, READ, READ, SIZE),
                    declared("bcmp", INT, READ, READ, SIZE),
                    declared("strlen", SIZE, TEXT),
                    declared("strcmp", INT, TEXT, TEXT),
                    declared("strncmp", INT, TEXT, TEXT, SIZE),
                    new Prototype("__stack_chk_fail", NOTHING, List.of(), List.of(), List.of(), false, true, false))
            .collect(Collectors.toUnmodifiableMap(Prototype::name, Function.identity()));

    private CompilerFunctions() {}

    /** The prototype of such a function. */
    public static Optional<Prototype> prototype(String function) {
        return Optional.ofNullable(ALL.get(function));
    }

    private static Prototype declared(String name, DebugInfo.Type result, DebugInfo.Type... parameters) {
        List<String> names = Stream.of(parameters).map(DebugInfo.Type::text).toList();
        return new Prototype(name, result, List.of(parameters), names, List.of(), false, false, false);
    }
}
