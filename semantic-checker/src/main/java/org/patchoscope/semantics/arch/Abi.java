// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
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
 * @param alwaysPresent whether no processor that runs a booted kernel lacks the CPU feature of that number and name
 * @param exceptions makes what reads the exception table
 * @param routines assembly routines with a calling convention of their own
 * @param handlers types of functions that assembly calls and debug information does not know
 * @param registersMovedBy the C function that copies interrupted registers to the end of the task's stack and returns where they
 *     are now, or empty
 * @param vectors how the processor enters the code of that name by itself, where it does
 * @param context what of the processor's state events have
 * @param slots where in a table of vectors the processor enters it
 * @param pointerCalls how many arguments assembly passes where it calls through a pointer, by the function that does
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
        BiPredicate<Integer, String> alwaysPresent,
        Function<Exprs, ExceptionTable> exceptions,
        Map<String, Routine> routines,
        Function<String, Optional<Prototype>> handlers,
        String registersMovedBy,
        Function<String, Optional<Vector>> vectors,
        Context context,
        Map<String, Integer> pointerCalls,
        Function<String, VectorSlots> slots) {
    /** The name, in {@code taskConstants}, of the end of the running task's stack. */
    public static final String TOP_OF_STACK = "top of the task's stack";

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
    public record Initial(int width, String name, int low, long mask) {
        public Initial(int width, String name) {
            this(width, name, 0, -1L);
        }

        /** {@code width} bits from bit {@code low} on of an unknown of 64, but for those that {@code mask} lacks. */
        public static Initial part(String of, int low, int width, long mask) {
            return new Initial(width, of, low, mask);
        }

        /** A number. */
        public static Initial number(int width, long value) {
            return new Initial(width, "", 0, value);
        }

        /** Its value. */
        public Expr value(Exprs x) {
            if (name.isEmpty()) {
                return x.constant(mask == -1L ? 0 : mask, width);
            }
            if (low == 0 && mask == -1L) {
                return x.sym(name, width);
            }
            return x.and(x.extract(x.sym(name, 64), low, width), x.constant(mask, width));
        }
    }

    /** Unknowns that are this CPU's offset; with virtualisation extensions arm64 has it in another register. */
    public List<String> perCpuOffsets() {
        Initial start = atEntry.get(perCpuBase);
        return start != null ? List.of(start.name()) : List.of(perCpuBase, perCpuBase.replace("_EL1", "_EL2"));
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
}
