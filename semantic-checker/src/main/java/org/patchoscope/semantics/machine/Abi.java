// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The calling convention and the registers with a fixed meaning. Sources: Procedure Call Standard for
 * the Arm 64-bit Architecture; System V ABI AMD64 supplement; for {@code currentTask} and {@code
 * perCpuBase} arch/arm64/include/asm/current.h and percpu.h.
 *
 * @param arguments integer argument registers in order
 * @param result first result register
 * @param secondResult holds the upper half of a 16-byte result
 * @param clobbered registers a call may change
 * @param flags one-bit registers, which every call changes
 * @param stackPointer register
 * @param framePointer register
 * @param link register that a call sets to the return address, or empty if it goes to the stack
 * @param currentTask system register that holds the current task, or empty
 * @param perCpuBase system register that holds this CPU's offset, or empty
 */
public record Abi(
        List<String> arguments,
        String result,
        String secondResult,
        List<String> clobbered,
        List<String> flags,
        String stackPointer,
        String framePointer,
        String link,
        String currentTask,
        String perCpuBase) {
    public Abi {
        arguments = List.copyOf(arguments);
        clobbered = List.copyOf(clobbered);
        flags = List.copyOf(flags);
    }

    /** AAPCS64 as the kernel uses it. */
    public static Abi arm64() {
        List<String> clobbered = new ArrayList<>(numbered(0, 18));
        clobbered.add("x30");
        return new Abi(
                numbered(0, 7),
                "x0",
                "x1",
                clobbered,
                List.of("n", "z", "c", "v"),
                "sp",
                "x29",
                "x30",
                "SP_EL0",
                "TPIDR_EL1");
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "x" + i).toList();
    }
}
