// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;

/** Runs lifted code on numbers: what the tests hold against a real processor. */
public class ConcreteMachine {
    /** The address that the code's section has here. */
    public static final long CODE = 0x40000000L;

    private final Lifter lifter;
    private final Exprs x = new Exprs();
    private final byte[] code;
    private final Map<String, Long> registers = new HashMap<>();
    private final ByteBuffer memory;
    private final long memoryAt;
    private long next;

    public ConcreteMachine(Lifter lifter, byte[] code, byte[] memory, long memoryAt) {
        this.lifter = lifter;
        this.code = code;
        this.memory = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        this.memoryAt = memoryAt;
    }

    public void set(String register, long value) {
        registers.put(register, value);
    }

    public long get(String register) {
        Long v = registers.get(register);
        if (v == null) {
            throw new IllegalStateException("register " + register + " has no value");
        }
        return v;
    }

    /** Runs from one offset of the code to another. */
    public void run(long start, long end) {
        next = start;
        for (int steps = 0; next != end; steps++) {
            if (steps > 100) {
                throw new IllegalStateException("endless");
            }
            Lifted lifted = lifter.lift(x, code, next, List.of());
            next += lifted.length();
            lifted.ops().forEach(op -> step(op, lifted));
        }
    }

    private void step(Op op, Lifted lifted) {
        switch (op) {
            case Op.Set s -> set(s);
            case Op.Undefine u -> registers.remove(u.register());
            case Op.Check c -> {
                if (value(c.condition()) == 0) {
                    throw new IllegalStateException(c.exception());
                }
            }
            case Op.Repeat r -> {
                for (long n = get(r.counter()); n != 0; n--) {
                    r.body().forEach(o -> step(o, lifted));
                }
                registers.put(r.counter(), 0L);
            }
            case Op.Load l -> registers.put(l.target(), load(value(l.address()), l.width()));
            case Op.Store s ->
                store(value(s.address()), value(s.value()), s.value().width());
            case Op.Branch b -> {
                if (value(b.condition()) == 1) {
                    next = target(b.target());
                }
            }
            case Op.Jump j -> next = target(j.target());
            case Op.Call c -> {
                called(CODE + next);
                next = target(c.target());
            }
            case Op.Return r -> next = value(r.address()) - CODE;
            case Op.Effect e -> e.results().forEach(r -> registers.put(r.register(), 0L));
            case Op.Exit e -> throw new IllegalStateException(lifted.text());
            case Op.Trap e -> throw new IllegalStateException(lifted.text());
            case Op.Unsupported u -> throw new IllegalStateException("not lifted: " + u.reason());
        }
    }

    /** What the architecture does with the return address. */
    protected void called(long address) {
        registers.put("x30", address);
    }

    /** A flag that depends on one without a value gets none. */
    private void set(Op.Set s) {
        boolean none = s.value() instanceof Expr.Ite i
                && Stream.of(i.whenTrue(), i.whenFalse())
                        .anyMatch(e -> e instanceof Expr.Reg r && !registers.containsKey(r.name()));
        if (none) {
            registers.remove(s.register());
        } else {
            registers.put(s.register(), value(s.value()));
        }
    }

    /** Whether the register has a value: not after {@link Op.Undefine}. */
    public boolean has(String register) {
        return registers.containsKey(register);
    }

    private long target(Op.CodeTarget target) {
        return switch (target) {
            case Op.CodeTarget.Local l -> l.offset();
            case Op.CodeTarget.Indirect i -> value(i.address()) - CODE;
            case Op.CodeTarget.Symbol s -> throw new IllegalStateException("symbol " + s.name());
        };
    }

    private long load(long address, int width) {
        long r = 0;
        for (int i = 0; i < width / 8; i++) {
            long a = address + i;
            long b = a >= CODE && a < CODE + code.length ? code[(int) (a - CODE)] : memory.get((int) (a - memoryAt));
            r |= (b & 255) << 8 * i;
        }
        return r;
    }

    protected final void store(long address, long value, int width) {
        for (int i = 0; i < width / 8; i++) {
            memory.put((int) (address + i - memoryAt), (byte) (value >>> 8 * i));
        }
    }

    /** The value of an expression with the present registers. */
    public long value(Expr e) {
        long v = switch (e) {
            case Expr.Const c -> c.value();
            case Expr.Sym s when s.name().equals("&.") -> CODE;
            case Expr.Sym s -> throw new IllegalStateException("symbol " + s.name());
            case Expr.Reg r -> get(r.name());
            case Expr.Apply f -> throw new IllegalStateException("function " + f.function());
            case Expr.Unary u -> Bits.apply(u.op(), u.width(), value(u.operand()));
            case Expr.Binary b -> Bits.apply(b.op(), b.left().width(), value(b.left()), value(b.right()));
            case Expr.Extract t -> value(t.operand()) >>> t.low();
            case Expr.Concat k -> value(k.high()) << k.low().width() | value(k.low());
            case Expr.SignExtend s ->
                Bits.signExtend(value(s.operand()), s.operand().width());
            case Expr.Ite i -> value(i.condition()) == 1 ? value(i.whenTrue()) : value(i.whenFalse());
        };
        return v & Bits.mask(e.width());
    }
}
