// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;

/** Exchanges, mostly of a register with memory. */
final class Atomics {
    private Atomics() {}

    static void register(Map<String, Rule> rules) {
        rules.put("xchg", Atomics::exchange);
        rules.put("xadd", Atomics::exchangeAndAdd);
        rules.put("cmpxchg", Atomics::compareAndExchange);
        rules.put("cmpxchg8b", i -> compareAndExchangePair(i, 32));
        rules.put("cmpxchg16b", i -> compareAndExchangePair(i, 64));
    }

    private static void exchange(Insn i) {
        i.kind(i.isMemory(0) || i.isMemory(1) ? Lifted.Kind.STORE : Lifted.Kind.MOVE);
        Expr a = i.keep("a", i.get(0));
        Expr b = i.keep("b", i.get(1));
        // The address of a memory operand is that from before: it is written first.
        int first = i.isMemory(1) ? 1 : 0;
        i.set(first, first == 0 ? b : a);
        i.set(1 - first, first == 0 ? a : b);
    }

    private static void exchangeAndAdd(Insn i) {
        Addition.kind(i);
        Expr a = i.keep("a", i.get(0));
        Expr b = i.keep("b", i.get(1));
        Flags.ofAddition(i, a, b);
        Expr sum = i.x.add(a, b);
        if (i.isMemory(0)) {
            i.set(0, sum);
            i.set(1, a);
        } else {
            i.set(1, a);
            i.set(0, sum);
        }
    }

    /**
     * An accumulator that is equal is not written: the upper half of {@code rax} then stays. With a register
     * as destination the manual and processors disagree about the upper half of that one.
     */
    private static void compareAndExchange(Insn i) {
        Addition.kind(i);
        if (!i.isMemory(0)) {
            throw new NotLifted("register as destination");
        }
        Exprs x = i.x;
        Expr old = i.get(0);
        Registers.Part accumulator = Registers.part(Registers.sized('a', old.width()));
        Expr expected = i.keep("expected", x.extract(x.reg("rax", 64), 0, old.width()));
        Expr same = x.eq(expected, old);
        Flags.ofSubtraction(i, expected, old);
        i.set(0, x.ite(same, i.get(1), old));
        i.setFull("rax", x.ite(same, x.reg("rax", 64), Registers.merged(x, accumulator, old)));
    }

    private static void compareAndExchangePair(Insn i, int half) {
        i.kind(Lifted.Kind.STORE);
        Exprs x = i.x;
        Expr address = i.address(0);
        Expr second = x.add(address, half / 8);
        Expr low = i.load("low", address, half);
        Expr high = i.load("high", second, half);
        Expr a = Registers.read(x, Registers.sized('a', half));
        Expr d = Registers.read(x, Registers.sized('d', half));
        Expr same = i.keep("same", x.binary(BinaryOp.AND, x.eq(a, low), x.eq(d, high)));
        i.store(address, x.ite(same, Registers.read(x, Registers.sized('b', half)), low));
        i.store(second, x.ite(same, Registers.read(x, Registers.sized('c', half)), high));
        i.setFlag("zf", same);
        i.setFull("rax", x.ite(same, x.reg("rax", 64), x.zeroExtend(low, 64)));
        i.setFull("rdx", x.ite(same, x.reg("rdx", 64), x.zeroExtend(high, 64)));
    }
}
