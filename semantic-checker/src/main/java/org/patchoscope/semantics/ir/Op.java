// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.ir;

import java.util.List;
import org.patchoscope.semantics.expr.Expr;

/**
 * One micro-operation of a lifted instruction. Operands are expressions over {@link Expr.Reg} leaves:
 * registers by the architecture's name at full width ({@code x0} 64 bits, {@code sp} 64, the flags
 * {@code n z c v} one bit each) and temporaries whose names start with {@code t:}. The operations of an
 * instruction are executed in order; each sees the registers as the ones before left them.
 */
public sealed interface Op {

    /** Writes a register or temporary; the value has the register's width. */
    record Set(String register, Expr value) implements Op {}

    /**
     * Leaves a register without a value that its manual defines: to read it before it is written again is
     * not analysed.
     */
    record Undefine(String register) implements Op {}

    /** Raises {@code exception}, which ends the path, where the condition is zero; comes before all writes. */
    record Check(Expr condition, String exception) implements Op {}

    /** Executes {@code body} and decrements {@code counter}, a register, until that is zero ({@code rep}). */
    record Repeat(String counter, List<Op> body) implements Op {
        public Repeat {
            body = List.copyOf(body);
        }
    }

    /** Reads {@code width} bits (8 to 64, little-endian) at {@code address} into a temporary or register. */
    record Load(String target, int width, Expr address, Access access) implements Op {}

    /** Writes the value (8 to 64 bits, little-endian) at {@code address}. */
    record Store(Expr address, Expr value, Access access) implements Op {}

    /** Goes to {@code target} (an offset in the same section) where the condition is one, else to the next. */
    record Branch(Expr condition, CodeTarget target) implements Op {}

    /** Goes to {@code target}. */
    record Jump(CodeTarget target) implements Op {}

    /** Calls {@code target}; the return address register or stack slot is set by operations before it. */
    record Call(CodeTarget target) implements Op {}

    /** Returns to the address given; a normal function return if that is where the caller said. */
    record Return(Expr address) implements Op {}

    /**
     * An instruction that the rest of the world can see, or whose result comes from outside: a system
     * register read or write, a barrier, a change of the interrupt mask. {@code results} are registers
     * that get a value the environment decides ({@code widths} in bits, one each).
     */
    record Effect(SystemEffect effect, List<Expr> arguments, List<Result> results) implements Op {
        public Effect {
            arguments = List.copyOf(arguments);
            results = List.copyOf(results);
        }
    }

    /**
     * Leaves the kernel: {@code eret}, {@code sysretq}, {@code iretq}, …; ends the path. {@code state} is
     * what the other side finds in its registers, as far as the instruction's rule says.
     */
    record Exit(String instruction, List<Expr> state) implements Op {
        public Exit {
            state = List.copyOf(state);
        }

        /** An exit whose registers are not compared. */
        public Exit(String instruction) {
            this(instruction, List.of());
        }
    }

    /** Traps: {@code brk}, {@code ud2}, {@code udf}; the kernel's bug table says what that means. */
    record Trap(String instruction, long immediate) implements Op {}

    /** Not lifted: executing it makes the analysis say "not analysed", with this text. */
    record Unsupported(String reason) implements Op {}

    /** A register that an operation defines, and its width in bits. */
    record Result(String register, int width) {}

    /** Where control goes. */
    sealed interface CodeTarget {
        /** An offset in bytes within the section of the instruction. */
        record Local(long offset) implements CodeTarget {}

        /** A symbol named by a relocation, and an addend in bytes. */
        record Symbol(String name, long addend) implements CodeTarget {}

        /** A computed address. */
        record Indirect(Expr address) implements CodeTarget {}
    }

    /** How memory is accessed, where that matters to others. */
    enum Access {
        PLAIN,
        /** Acquire or release, {@code stlr}, {@code ldar}. */
        ORDERED,
        /** One half of an atomic read-modify-write ({@code ldxr}/{@code stxr}, {@code lock}-prefixed, LSE). */
        ATOMIC,
        /** An unprivileged access to user memory ({@code ldtr}, {@code sttr}). */
        USER
    }
}
