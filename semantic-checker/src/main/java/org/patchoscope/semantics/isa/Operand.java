// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import org.jspecify.annotations.Nullable;

/** One operand of a decoded instruction, as its assembler text has it. */
public sealed interface Operand {

    /** A register by its name in lower case. */
    record Register(String name) implements Operand {}

    /** A number. Targets of branches are relative, as the disassembler has no symbols. */
    record Immediate(long value) implements Operand {}

    /**
     * A place in memory: {@code segment:[base + index modified * scale + displacement]}.
     *
     * @param size in bits where the text says it (x86), else zero
     * @param modifier of the index (arm64), such as {@code sxtw #2}
     * @param writeBack whether the base becomes the address (arm64's {@code !}); a post-index is an
     *     operand of its own after this one
     */
    record Memory(
            int size,
            @Nullable String segment,
            @Nullable String base,
            @Nullable String index,
            @Nullable Modifier modifier,
            int scale,
            long displacement,
            boolean writeBack)
            implements Operand {}

    /** A shift or extension of the register or number before it: {@code lsl #3}, {@code uxtw}. */
    record Modifier(String kind, int amount) implements Operand {}

    /** A condition code such as {@code ne}. */
    record Condition(String name) implements Operand {}

    /** A system register, or a field of the processor state that {@code msr} writes. */
    record SystemRegister(String name) implements Operand {}

    /** Anything else: a barrier's domain, a cache operation, a vector register, … */
    record Word(String text) implements Operand {}
}
