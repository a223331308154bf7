// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.Op.Access;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.isa.Decoded;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.Operand;

/** One instruction while it is lifted: its operands as expressions, and the operations so far. */
final class Insn {
    final Exprs x;
    final Decoded decoded;
    private final Prefixes prefixes;
    private final long offset;
    private final int length;
    private final Relocations relocations;
    private final Addresses addresses;
    private final Map<Integer, Expr> loaded = new HashMap<>();
    private final Map<Integer, Expr> places = new HashMap<>();
    private List<Op> ops = new ArrayList<>();
    private Lifted.Kind kind = Lifted.Kind.ARITHMETIC;

    /** {@code offset} and {@code length} are those of the whole instruction with its prefixes. */
    Insn(Exprs x, Decoded decoded, Prefixes prefixes, long offset, int length, List<InstructionReloc> relocations) {
        this.x = x;
        this.decoded = decoded;
        this.prefixes = prefixes;
        this.offset = offset;
        this.length = length;
        this.relocations = new Relocations(x, relocations, length);
        this.addresses = new Addresses(x, this.relocations, offset + length);
    }

    Lifted lifted() {
        return new Lifted(offset, length, text(), kind, ops);
    }

    String text() {
        return (prefixes.lock() && !decoded.text().startsWith("lock") ? "lock " : "") + decoded.text();
    }

    Relocations relocations() {
        return relocations;
    }

    Prefixes prefixes() {
        return prefixes;
    }

    String mnemonic() {
        return decoded.mnemonic();
    }

    /** Offset in the section of the byte after this instruction. */
    long end() {
        return offset + length;
    }

    int count() {
        return decoded.operands().size();
    }

    Operand operand(int i) {
        if (i >= count()) {
            throw new NotLifted("too few operands");
        }
        return decoded.operands().get(i);
    }

    boolean isMemory(int i) {
        return operand(i) instanceof Operand.Memory;
    }

    boolean isImmediate(int i) {
        return operand(i) instanceof Operand.Immediate;
    }

    private boolean hasImmediate() {
        return decoded.operands().stream().anyMatch(o -> o instanceof Operand.Immediate);
    }

    String register(int i) {
        if (operand(i) instanceof Operand.Register r) {
            return r.name();
        }
        throw new NotLifted("no register as operand " + i);
    }

    long immediate(int i) {
        if (operand(i) instanceof Operand.Immediate n) {
            return n.value();
        }
        throw new NotLifted("no number as operand " + i);
    }

    /** Width in bits of a register or memory operand, for a number that of the first operand. */
    int width(int i) {
        return switch (operand(i)) {
            case Operand.Register r -> Registers.part(r.name()).width();
            case Operand.Memory m when m.size() > 0 && m.size() <= 64 -> m.size();
            case Operand.Immediate n when i > 0 -> width(0);
            default -> throw new NotLifted("width of operand " + i);
        };
    }

    /** The address of the memory operand {@code i}, its segment's base included. */
    Expr address(int i) {
        if (!(operand(i) instanceof Operand.Memory m)) {
            throw new NotLifted("no memory as operand " + i);
        }
        return places.computeIfAbsent(i, k -> addresses.linear(m, hasImmediate()));
    }

    /** The offset within its segment of the memory operand {@code i}: what {@code lea} gives. */
    Expr effectiveAddress(int i) {
        if (!(operand(i) instanceof Operand.Memory m)) {
            throw new NotLifted("no memory as operand " + i);
        }
        return addresses.effective(m, hasImmediate());
    }

    /** The value of operand {@code i} at its width; memory is read once. */
    Expr get(int i) {
        return get(i, -1);
    }

    /** The same with a width where the operand has none of its own. */
    Expr get(int i, int width) {
        return switch (operand(i)) {
            case Operand.Register r -> Registers.read(x, r.name());
            case Operand.Immediate n -> {
                int w = width > 0 ? width : width(i);
                Expr symbol = relocations.immediate(w);
                yield symbol != null ? symbol : x.constant(n.value(), w);
            }
            case Operand.Memory m -> loaded.computeIfAbsent(i, this::load);
            default -> throw new NotLifted("operand " + i);
        };
    }

    private Expr load(int i) {
        if (operand(i) instanceof Operand.Memory m && "rip".equals(m.base())) {
            Expr content = relocations.throughTable();
            if (content != null) {
                return content;
            }
        }
        return load("m" + i, address(i), width(i));
    }

    /** Reads memory into a temporary. */
    Expr load(String temporary, Expr address, int width) {
        emit(new Op.Load("t:" + temporary, width, address, access()));
        return x.reg("t:" + temporary, width);
    }

    void store(Expr address, Expr value) {
        emit(new Op.Store(address, value, access()));
    }

    /** An exchange with memory is locked with or without the prefix: SDM vol. 3A, section 9.1.2.1. */
    private Access access() {
        return prefixes.lock()
                        || mnemonic().equals("xchg")
                                && decoded.operands().stream().anyMatch(o -> o instanceof Operand.Memory)
                ? Access.ATOMIC
                : Access.PLAIN;
    }

    /** Writes operand {@code i}. */
    void set(int i, Expr value) {
        if (operand(i) instanceof Operand.Register r) {
            setRegister(r.name(), value);
        } else {
            if (value.width() != width(i)) {
                throw new NotLifted("value of " + value.width() + " bits for operand " + i);
            }
            store(address(i), value);
        }
    }

    void setRegister(String name, Expr value) {
        Registers.Part p = Registers.part(name);
        if (value.width() != p.width()) {
            throw new NotLifted("value of " + value.width() + " bits for " + name);
        }
        Expr address = relocations.withZerosAbove(value).orElse(null);
        emit(new Op.Set(p.full(), address != null ? address : Registers.merged(x, p, value)));
    }

    /** Writes a whole 64-bit register by its name. */
    void setFull(String register, Expr value) {
        emit(new Op.Set(register, value));
    }

    /** Writes a flag where {@code none} is zero. */
    void setFlagUnless(Expr none, String flag, Expr bit) {
        setFlag(flag, x.ite(none, x.reg(flag, 1), bit));
    }

    void setFlag(String flag, Expr bit) {
        emit(new Op.Set(flag, bit));
    }

    void undefine(String... flags) {
        for (String f : flags) {
            emit(new Op.Undefine(f));
        }
    }

    /** Keeps the present value of {@code e} in a temporary that later operations can read. */
    Expr keep(String temporary, Expr e) {
        emit(new Op.Set("t:" + temporary, e));
        return x.reg("t:" + temporary, e.width());
    }

    void kind(Lifted.Kind k) {
        kind = k;
    }

    void emit(Op op) {
        ops.add(op);
    }

    void effect(SystemEffect effect, Expr... arguments) {
        emit(new Op.Effect(effect, List.of(arguments), List.of()));
    }

    /** What {@code body} emits, apart from the operations so far. */
    List<Op> apart(Runnable body) {
        List<Op> outer = ops;
        ops = new ArrayList<>();
        try {
            body.run();
            return ops;
        } finally {
            ops = outer;
        }
    }
}
