// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;

/** Pushes and pops of operands. */
final class Stack {
    private Stack() {}

    static void register(Map<String, Rule> rules) {
        rules.put("push", Stack::push);
        rules.put("pop", Stack::pop);
        rules.put("leave", Stack::leave);
    }

    /** The stack pointer. */
    static Expr pointer(Exprs x) {
        return x.reg("rsp", 64);
    }

    static void push(Insn i, Expr value) {
        Expr kept = i.keep("pushed", value);
        i.setFull("rsp", i.x.add(pointer(i.x), -value.width() / 8));
        i.store(pointer(i.x), kept);
    }

    /** Reads the top of the stack into a temporary and moves the pointer over it. */
    static Expr pop(Insn i, String temporary, int width) {
        Expr value = i.load(temporary, pointer(i.x), width);
        i.setFull("rsp", i.x.add(pointer(i.x), width / 8));
        return value;
    }

    private static void push(Insn i) {
        i.kind(Lifted.Kind.STORE);
        push(i, i.isImmediate(0) ? i.get(0, 64) : i.get(0));
    }

    /** An address from the stack pointer is that after the pop (SDM vol. 2, POP). */
    private static void pop(Insn i) {
        i.kind(Lifted.Kind.LOAD);
        Expr value = pop(i, "popped", i.width(0));
        i.set(0, value);
    }

    private static void leave(Insn i) {
        i.kind(Lifted.Kind.LOAD);
        i.setFull("rsp", i.x.reg("rbp", 64));
        i.setFull("rbp", pop(i, "popped", 64));
    }
}
