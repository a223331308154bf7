// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.DebugInfo.Prototype;

/**
 * The calling convention and the registers with a fixed meaning. Sources: Procedure Call Standard for
 * the Arm 64-bit Architecture; System V ABI AMD64 supplement (figures 3.4 and 3.36); for {@code currentTask}
 * and {@code taskConstants} arch/arm64/include/asm/current.h, arch/x86/include/asm/current.h and processor.h.
 *
 * @param arguments integer argument registers in order
 * @param result first result register
 * @param secondResult holds the upper half of a 16-byte result
 * @param clobbered registers a call may change
 * @param preserved registers a call leaves alone, but for stack and frame pointer
 * @param flags one-bit registers, which every call changes
 * @param stackPointer register
 * @param framePointer register
 * @param link register that a call sets to the return address, or empty if it goes to the stack
 * @param currentTask system register that holds the current task, or empty
 * @param perCpuBase register that holds this CPU's offset, or empty
 * @param taskConstants per-CPU variables that keep their value as long as the task runs, and its name
 * @param interrupts where the interrupt mask is
 * @param atEntry registers that hold a fixed value when a function is entered; on x86-64 the system flags are
 *     clear, as MSR_SYSCALL_MASK and the processor leave them (arch/x86/kernel/cpu/common.c)
 * @param writeSystem mnemonic that writes a system register, for events
 * @param dwarf registers by their number in debug information
 * @param alwaysPresent number of a CPU feature that no processor lacks
 * @param exceptions makes what reads the exception table
 * @param routines assembly routines with a calling convention of their own
 * @param handlers types of functions that assembly calls and debug information does not know
 * @param registersMovedBy the C function that copies interrupted registers to the end of the task's stack and returns where they
 *     are now, or empty
 * @param vectors how the processor enters the code of that name by itself, where it does
 */
public record Abi(
        List<String> arguments,
        String result,
        String secondResult,
        List<String> clobbered,
        List<String> preserved,
        List<String> flags,
        String stackPointer,
        String framePointer,
        String link,
        String currentTask,
        String perCpuBase,
        Map<String, String> taskConstants,
        InterruptMask interrupts,
        Map<String, Initial> atEntry,
        String writeSystem,
        List<String> dwarf,
        Optional<Integer> alwaysPresent,
        Function<Exprs, ExceptionTable> exceptions,
        Map<String, Routine> routines,
        Function<String, Optional<Prototype>> handlers,
        String registersMovedBy,
        Function<String, Optional<Vector>> vectors) {
    /** The name, in {@code taskConstants}, of the end of the running task's stack. */
    public static final String TOP_OF_STACK = "top of the task's stack";

    /** X86_FEATURE_ALWAYS of arch/x86/include/asm/cpufeatures.h: every processor has it. */
    private static final int X86_FEATURE_ALWAYS = 3 * 32 + 21;

    public Abi {
        arguments = List.copyOf(arguments);
        clobbered = List.copyOf(clobbered);
        preserved = List.copyOf(preserved);
        flags = List.copyOf(flags);
        taskConstants = Map.copyOf(taskConstants);
        atEntry = Map.copyOf(atEntry);
        dwarf = List.copyOf(dwarf);
        routines = Map.copyOf(routines);
    }

    /**
     * The interrupt mask: bit {@code bit} of a register of {@code width} bits; interrupts are off where it
     * is {@code offWhenSet}. An instruction's mask bits are shifted by {@code shift} to the register's.
     */
    public record InterruptMask(String register, int width, int bit, boolean offWhenSet, int shift) {}

    /**
     * An assembly routine with a calling convention of its own.
     *
     * @param arguments registers that it reads, and how many bits of them
     * @param changed registers that it changes or leaves results in, besides the flags
     * @param schedules whether other tasks run, and memory changes, before it comes back
     */
    public record Routine(Map<String, Integer> arguments, List<String> changed, boolean schedules) {
        public Routine {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            changed = List.copyOf(changed);
        }
    }

    /** What a register holds when a function is entered: an unknown of that name, or, without one, zero. */
    public record Initial(int width, String name) {
        /** Its value. */
        public Expr value(Exprs x) {
            return name.isEmpty() ? x.constant(0, width) : x.sym(name, width);
        }
    }

    /** Whether the return address is on the stack. */
    public boolean returnOnStack() {
        return link.isEmpty();
    }

    /** Whether structures of more than 16 bytes are passed as pointers to them; System V copies them to the stack. */
    public boolean largeByReference() {
        return !returnOnStack();
    }

    /**
     * How many bits of a register an integer argument fills at least. System V leaves open what is above a small one, but
     * clang and gcc as callers fill 32 bits, and clang as callee relies on it; AAPCS64 says that the callee has to.
     */
    public int argumentBits() {
        return returnOnStack() ? 32 : 0;
    }

    /** AAPCS64 as the kernel uses it; DAIF: Arm ARM, D1.9 (bits 9:6, I is bit 7). */
    public static Abi arm64() {
        List<String> clobbered = new ArrayList<>(numbered(0, 18));
        clobbered.add("x30");
        List<String> dwarf = new ArrayList<>(numbered(0, 30));
        dwarf.add("sp");
        return new Abi(
                numbered(0, 7),
                "x0",
                "x1",
                clobbered,
                numbered(19, 28),
                List.of("n", "z", "c", "v"),
                "sp",
                "x29",
                "x30",
                "SP_EL0",
                "TPIDR_EL1",
                Map.of(),
                new InterruptMask("DAIF", 64, 7, true, 6),
                Map.of(),
                "msr",
                dwarf,
                Optional.empty(),
                Arm64ExceptionTable::new,
                Map.of(),
                function -> Optional.empty(),
                "",
                function -> Optional.empty());
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "x" + i).toList();
    }

    /** The System V convention as the kernel uses it, with its per-CPU variables behind {@code gs}. */
    public static Abi x86() {
        return new Abi(
                List.of("rdi", "rsi", "rdx", "rcx", "r8", "r9"),
                "rax",
                "rdx",
                List.of("rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11"),
                List.of("rbx", "r12", "r13", "r14", "r15"),
                List.of("cf", "pf", "af", "zf", "sf", "of"),
                "rsp",
                "rbp",
                "",
                "",
                "gsbase",
                Map.of(
                        "current_task", "current",
                        "const_current_task", "current",
                        "__stack_chk_guard", "stack canary",
                        "__ref_stack_chk_guard", "stack canary",
                        "cpu_current_top_of_stack", TOP_OF_STACK,
                        "const_cpu_current_top_of_stack", TOP_OF_STACK),
                new InterruptMask("if", 1, 0, false, 0),
                Map.of(
                        "gsbase", new Initial(64, "percpu"),
                        "kernelgsbase", new Initial(64, "user gsbase"),
                        "fsbase", new Initial(64, "user fsbase"),
                        "rflags", new Initial(64, ""),
                        "ac", new Initial(1, ""),
                        "df", new Initial(1, "")),
                "mov",
                List.of(
                        "rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13",
                        "r14", "r15"),
                Optional.of(X86_FEATURE_ALWAYS),
                X86ExceptionTable::new,
                X86Routines.all(),
                X86Handlers::prototype,
                // arch/x86/kernel/traps.c
                "sync_regs",
                X86Vectors::of);
    }
}
