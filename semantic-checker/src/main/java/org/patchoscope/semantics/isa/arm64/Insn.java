// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.isa.Decoded;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.Operand;

/** One instruction while it is lifted: its operands as expressions, and the operations so far. */
final class Insn {
    final Exprs x;
    final Decoded decoded;
    private final long offset;
    private final int word;
    private final Relocations relocations;
    private final List<Op> ops = new ArrayList<>();
    private Lifted.Kind kind = Lifted.Kind.ARITHMETIC;

    Insn(Exprs x, Decoded decoded, long offset, int word, List<InstructionReloc> relocations) {
        this.x = x;
        this.decoded = decoded;
        this.offset = offset;
        this.word = word;
        this.relocations = new Relocations(x, relocations);
    }

    static int word(byte[] section, int at) {
        return section[at] & 255
                | (section[at + 1] & 255) << 8
                | (section[at + 2] & 255) << 16
                | (section[at + 3] & 255) << 24;
    }

    Lifted lifted() {
        return new Lifted(offset, decoded.length(), decoded.text(), kind, ops);
    }

    void checkRelocationsUsed() {
        relocations.checkUsed();
    }

    Relocations relocations() {
        return relocations;
    }

    /** Bits {@code low} to {@code low + width - 1} of the encoding. */
    int field(int low, int width) {
        return word >>> low & (1 << width) - 1;
    }

    String mnemonic() {
        return decoded.mnemonic();
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

    /** The text of a condition, barrier domain or the like. */
    String name(int i) {
        return switch (operand(i)) {
            case Operand.Condition c -> c.name();
            case Operand.SystemRegister s -> s.name();
            case Operand.Word w -> w.text();
            case Operand.Register r -> r.name();
            case Operand.Immediate n -> "#" + n.value();
            case Operand.Modifier m -> m.kind();
            case Operand.Memory m -> throw new NotLifted("memory where a name was expected");
        };
    }

    boolean isRegister(int i) {
        return i < count() && operand(i) instanceof Operand.Register;
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

    /** Width of the register operand {@code i}. */
    int width(int i) {
        return Registers.width(register(i));
    }

    /** The value of the register operand {@code i} at its width. */
    Expr get(int i) {
        return Registers.read(x, register(i));
    }

    /** The address of the instruction plus {@code distance}, as an offset to its section's first byte. */
    Expr here(long distance) {
        return x.add(x.sym("&.", 64), offset + distance);
    }

    /** Where a branch with the immediate operand {@code i} goes. */
    Op.CodeTarget target(int i, String relocation) {
        Op.CodeTarget symbol = relocations.target(relocation);
        return symbol != null ? symbol : new Op.CodeTarget.Local(offset + immediate(i));
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

    /** Keeps the present value of {@code e} in a temporary that later operations can read. */
    Expr keep(String temporary, Expr e) {
        emit(new Op.Set("t:" + temporary, e));
        return x.reg("t:" + temporary, e.width());
    }

    /** Writes the register operand {@code i}; a 32-bit write clears the upper half. */
    void set(int i, Expr value) {
        setRegister(register(i), value);
    }

    void setRegister(String name, Expr value) {
        if (value.width() != Registers.width(name)) {
            throw new NotLifted("value of " + value.width() + " bits for " + name);
        }
        if (!Registers.isZero(name)) {
            emit(new Op.Set(Registers.full(name), x.zeroExtend(value, 64)));
        }
    }

    void setFlag(String flag, Expr bit) {
        emit(new Op.Set(flag, bit));
    }
}
