// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;

/**
 * Branches, calls and returns. What the kernel writes instead of {@code ret} and of indirect branches
 * (arch/x86/lib/retpoline.S) is lifted as what it stands for.
 */
final class Branches {
    private static final String RETURN_THUNK = "__x86_return_thunk";
    private static final String INDIRECT_THUNK = "__x86_indirect_thunk_";

    /** The array of all indirect thunks: RETPOLINE_THUNK_SIZE and asm/GEN-for-each-reg.h. */
    private static final int THUNK_SIZE = 32;

    private static final List<String> THUNK_ARRAY = List.of(
            "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
            "r15");

    /** Calls that ftrace and kcov make into nothing until they are switched on. */
    private static final Set<String> TRACE_SITES = Set.of("__fentry__");

    private Branches() {}

    static void register(Map<String, Rule> rules) {
        for (String condition : Flags.CONDITIONS) {
            rules.put("j" + condition, branch(i -> branchIf(i, Flags.condition(i.x, condition))));
        }
        rules.put("jrcxz", branch(i -> branchIf(i, i.x.isZero(Registers.read(i.x, "rcx")))));
        rules.put("jecxz", branch(i -> branchIf(i, i.x.isZero(Registers.read(i.x, "ecx")))));
        rules.put("jmp", branch(Branches::jump));
        rules.put("call", branch(Branches::call));
        rules.put("ret", branch(Branches::ret));
    }

    private static Rule branch(Rule rule) {
        return i -> {
            i.kind(Lifted.Kind.BRANCH);
            rule.lift(i);
        };
    }

    private static void branchIf(Insn i, Expr condition) {
        i.emit(new Op.Branch(condition, target(i)));
    }

    private static Op.CodeTarget target(Insn i) {
        Op.CodeTarget.Symbol symbol = i.relocations().target();
        if (symbol != null) {
            String register = behind(symbol);
            return register == null ? symbol : new Op.CodeTarget.Indirect(Registers.read(i.x, register));
        }
        return i.isImmediate(0)
                ? new Op.CodeTarget.Local(i.end() + i.immediate(0))
                : new Op.CodeTarget.Indirect(i.get(0));
    }

    /** The register that an indirect thunk branches to; null for any other symbol. */
    private static @Nullable String behind(Op.CodeTarget.Symbol symbol) {
        String name = symbol.name();
        if (name.equals(INDIRECT_THUNK + "array")) {
            return symbol.addend() % THUNK_SIZE == 0 && symbol.addend() >= 0 && symbol.addend() < 16 * THUNK_SIZE
                    ? THUNK_ARRAY.get((int) symbol.addend() / THUNK_SIZE)
                    : null;
        }
        if (symbol.addend() != 0 || !name.startsWith(INDIRECT_THUNK)) {
            return null;
        }
        Registers.Part p = Registers.find(name.substring(INDIRECT_THUNK.length()));
        return p == null ? null : p.full();
    }

    private static void jump(Insn i) {
        Op.CodeTarget to = target(i);
        if (to instanceof Op.CodeTarget.Symbol s && s.name().equals(RETURN_THUNK)) {
            comeBack(i, 0);
        } else {
            i.emit(new Op.Jump(to));
        }
    }

    private static void call(Insn i) {
        Op.CodeTarget to = target(i);
        if (to instanceof Op.CodeTarget.Symbol s && TRACE_SITES.contains(s.name())) {
            i.kind(Lifted.Kind.NOP);
            i.effect(new SystemEffect.Hint(s.name()));
        } else {
            i.emit(new Op.Call(to));
        }
    }

    private static void ret(Insn i) {
        comeBack(i, i.count() == 0 ? 0 : i.immediate(0));
    }

    private static void comeBack(Insn i, long more) {
        Expr address = Stack.pop(i, "return", 64);
        if (more != 0) {
            i.setFull("rsp", i.x.add(Stack.pointer(i.x), more));
        }
        i.emit(new Op.Return(address));
    }
}
