// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.Op.Access;

/** Atomic read-modify-write instructions (FEAT_LSE), in all sizes and orderings. */
final class Atomics {
    /** What memory becomes, of what it was and the source register. */
    private interface Change {
        Expr of(Exprs x, Expr old, Expr source);
    }

    private static final Map<String, Change> CHANGES = Map.of(
            "add", Exprs::add,
            "set", Exprs::or,
            "clr", (x, old, s) -> x.and(old, x.not(s)),
            "eor", Exprs::xor,
            "smax", (x, old, s) -> x.ite(x.binary(BinaryOp.SLT, old, s), s, old),
            "smin", (x, old, s) -> x.ite(x.binary(BinaryOp.SLT, old, s), old, s),
            "umax", (x, old, s) -> x.ite(x.binary(BinaryOp.ULT, old, s), s, old),
            "umin", (x, old, s) -> x.ite(x.binary(BinaryOp.ULT, old, s), old, s));
    private static final List<String> SIZES = List.of("", "b", "h");

    private Atomics() {}

    static void register(Map<String, Rule> rules) {
        for (String size : SIZES) {
            for (String order : List.of("", "a", "l", "al")) {
                CHANGES.forEach((name, change) -> rules.put("ld" + name + order + size, i -> fetch(i, size, change)));
                rules.put("swp" + order + size, i -> fetch(i, size, (x, old, s) -> s));
                rules.put("cas" + order + size, i -> compareAndSwap(i, size));
            }
            for (String order : List.of("", "l")) {
                CHANGES.forEach((name, change) -> rules.put("st" + name + order + size, i -> change(i, size, change)));
            }
        }
        for (String order : List.of("", "a", "l", "al")) {
            rules.put("casp" + order, Atomics::compareAndSwapPair);
        }
    }

    private static int bits(Insn i, String size) {
        return size.isEmpty() ? i.width(0) : size.equals("b") ? 8 : 16;
    }

    private static Expr load(Insn i, String temporary, int bits, Expr address) {
        i.emit(new Op.Load("t:" + temporary, bits, address, Access.ATOMIC));
        return i.x.reg("t:" + temporary, bits);
    }

    /** {@code ld<op> source, result, [address]} */
    private static void fetch(Insn i, String size, Change change) {
        Expr old = update(i, bits(i, size), 2, change);
        i.set(1, i.x.zeroExtend(old, i.width(1)));
    }

    /** {@code st<op> source, [address]} */
    private static void change(Insn i, String size, Change change) {
        update(i, bits(i, size), 1, change);
    }

    private static Expr update(Insn i, int bits, int memory, Change change) {
        i.kind(Lifted.Kind.STORE);
        Expr address = Addresses.of(i, memory, bits).address();
        Expr old = load(i, "old", bits, address);
        i.emit(new Op.Store(address, change.of(i.x, old, i.x.extract(i.get(0), 0, bits)), Access.ATOMIC));
        return old;
    }

    /** {@code cas expected, new, [address]}; the expected register gets what memory was. */
    private static void compareAndSwap(Insn i, String size) {
        int bits = bits(i, size);
        Exprs x = i.x;
        update(i, bits, 2, (e, old, expected) -> e.ite(e.eq(old, expected), x.extract(i.get(1), 0, bits), old));
        i.set(0, x.zeroExtend(x.reg("t:old", bits), i.width(0)));
    }

    /** {@code casp e0, e1, n0, n1, [address]} on two neighbours at once. */
    private static void compareAndSwapPair(Insn i) {
        i.kind(Lifted.Kind.STORE);
        Exprs x = i.x;
        int bits = i.width(0);
        Expr address = Addresses.of(i, 4, bits).address();
        Expr second = x.add(address, bits / 8);
        Expr old0 = load(i, "old0", bits, address);
        Expr old1 = load(i, "old1", bits, second);
        Expr same = x.and(x.eq(old0, i.get(0)), x.eq(old1, i.get(1)));
        BinaryOperator<Expr> stored = (value, old) -> x.ite(same, value, old);
        i.emit(new Op.Store(address, stored.apply(i.get(2), old0), Access.ATOMIC));
        i.emit(new Op.Store(second, stored.apply(i.get(3), old1), Access.ATOMIC));
        i.set(0, old0);
        i.set(1, old1);
    }
}
