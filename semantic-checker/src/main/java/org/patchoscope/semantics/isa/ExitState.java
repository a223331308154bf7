// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names of what an exit instruction's operation has as the state that the other side finds, in order. */
public final class ExitState {
    private static final List<String> X86 = List.of(
            "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
            "r15");

    private static final List<String> FRAME = List.of("ip", "cs", "flags", "sp", "ss", "the event");

    private static final List<String> ARM64 = Stream.concat(
                    IntStream.rangeClosed(0, 30).mapToObj(i -> "x" + i), Stream.of("sp"))
            .toList();

    private ExitState() {}

    /** The names, for an instruction by its mnemonic; none for another end. */
    public static List<String> names(String instruction) {
        return switch (instruction) {
            case "eret", "eretaa", "eretab" -> ARM64;
            case "sysretq", "sysretl", "sysexitq" -> X86;
            case "iretq", "eretu", "erets" ->
                Stream.concat(X86.stream().filter(r -> !r.equals("rsp")), FRAME.stream())
                        .toList();
            default -> List.of();
        };
    }
}
