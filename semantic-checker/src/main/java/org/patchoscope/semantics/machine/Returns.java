// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.DebugInfo.Prototype;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * What a function leaves to its caller in registers. Of a C function that is its result, and what the convention has it give back
 * as it was: inline assembly may break that, or a spilled register be written over. Assembly keeps it by hand, and where no declaration says that it is called from C, as {@code paranoid_entry}
 * on x86-64, it may have a convention of its own, in which any register can matter.
 */
final class Returns {
    private final Program program;
    private final Abi abi;
    private final Exprs x;

    Returns(Program program, Abi abi) {
        this.program = program;
        this.abi = abi;
        this.x = program.exprs();
    }

    /** The result by the function's type; nothing of a function without one. */
    List<Expr> result(State s, FunctionRef f) {
        Prototype type = program.debug().prototypes().get(f.name());
        int size = type == null ? 0 : type.result().size();
        if (type == null || size == 0) {
            return List.of();
        }
        boolean bool = type.result().isTruth();
        Expr first = x.extract(OpaqueCalls.register(s, abi.result()), 0, bool ? 1 : Math.min(64, size * 8));
        return size > 8 && size <= 16
                ? List.of(first, x.extract(OpaqueCalls.register(s, abi.secondResult()), 0, size * 8 - 64))
                : List.of(first);
    }

    /** What is found where the function goes on, as after a switch to another task: the address, the stack, what calls keep, the result. */
    List<Expr> elsewhere(State s, FunctionRef f, Expr address) {
        List<Expr> all = new ArrayList<>(List.of(address, value(s, abi.stackPointer()), value(s, abi.framePointer())));
        abi.preserved().forEach(r -> all.add(value(s, r)));
        all.addAll(result(s, f));
        return all;
    }

    /** All general registers, as another part of the kernel's assembly finds them. */
    List<Expr> everything(State s) {
        return abi.dwarf().stream().map(r -> value(s, r)).toList();
    }

    /** Registers that may hold something for where the function goes on; a function of C's convention leaves nothing there. */
    List<Expr> scratch(State s, FunctionRef f) {
        return program.debug().prototypes().containsKey(f.name())
                ? List.of()
                : abi.clobbered().stream().map(r -> value(s, r)).toList();
    }

    /** What a C function gives back as its caller left it, by register. */
    Map<String, Expr> kept(State s, FunctionRef f) {
        if (!(program.debug().prototypes().get(f.name()) instanceof Prototype type) || !type.defined()) {
            return Map.of();
        }
        Map<String, Expr> all = new LinkedHashMap<>();
        abi.preserved().forEach(r -> all.put(r, value(s, r)));
        all.put(abi.framePointer(), value(s, abi.framePointer()));
        all.put(abi.stackPointer(), value(s, abi.stackPointer()));
        all.put(Context.SIGNED, value(s, Context.SIGNED));
        return all;
    }

    private Expr value(State s, String register) {
        Expr value = s.registers.get(register);
        return value == null ? x.sym("undefined:value of " + register, 64) : value;
    }

    /** Registers beside the result that a caller may use. */
    List<Expr> beside(State s, FunctionRef f) {
        Prototype type = program.debug().prototypes().get(f.name());
        if (type != null && type.defined()) {
            return List.of();
        }
        Set<String> registers = new LinkedHashSet<>(type == null ? abi.dwarf() : abi.preserved());
        registers.add(abi.framePointer());
        registers.add(abi.stackPointer());
        registers.add(Context.SIGNED);
        registers.addAll(abi.atEntry().keySet());
        List<Expr> all = new ArrayList<>();
        for (String r : registers) {
            all.add(value(s, r));
        }
        return all;
    }
}
