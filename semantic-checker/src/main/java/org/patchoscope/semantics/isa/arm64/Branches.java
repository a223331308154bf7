// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;

/** Branches, calls, returns and the return from an exception. */
final class Branches {
    private static final List<String> CONDITIONS = List.of(
            "eq", "ne", "hs", "cs", "lo", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv");

    private Branches() {}

    static void register(Map<String, Rule> rules) {
        for (String condition : CONDITIONS) {
            Rule rule = branch(i -> branchIf(i, Flags.condition(i.x, condition), 0, "CONDBR19"));
            rules.put("b." + condition, rule);
            rules.put("bc." + condition, rule);
        }
        rules.put("cbz", branch(i -> branchIf(i, i.x.isZero(i.get(0)), 1, "CONDBR19")));
        rules.put("cbnz", branch(i -> branchIf(i, i.x.not(i.x.isZero(i.get(0))), 1, "CONDBR19")));
        rules.put("tbz", branch(i -> branchIf(i, i.x.not(bit(i)), 2, "TSTBR14")));
        rules.put("tbnz", branch(i -> branchIf(i, bit(i), 2, "TSTBR14")));
        rules.put("b", branch(i -> i.emit(new Op.Jump(i.target(0, "JUMP26")))));
        rules.put("bl", branch(i -> i.emit(new Op.Call(i.target(0, "CALL26")))));
        for (String form : List.of("br", "braa", "brab", "braaz", "brabz")) {
            rules.put(form, branch(i -> i.emit(new Op.Jump(indirect(i)))));
        }
        for (String form : List.of("blr", "blraa", "blrab", "blraaz", "blrabz")) {
            rules.put(form, branch(i -> i.emit(new Op.Call(indirect(i)))));
        }
        for (String form : List.of("ret", "retaa", "retab")) {
            rules.put(form, branch(Branches::ret));
        }
        for (String form : List.of("eret", "eretaa", "eretab")) {
            rules.put(form, branch(i -> i.emit(new Op.Exit(form, afterwards(i.x)))));
        }
    }

    private static Rule branch(Rule rule) {
        return i -> {
            i.kind(Lifted.Kind.BRANCH);
            rule.lift(i);
        };
    }

    private static void branchIf(Insn i, Expr condition, int target, String relocation) {
        i.emit(new Op.Branch(condition, i.target(target, relocation)));
    }

    private static Expr bit(Insn i) {
        return i.x.extract(i.get(0), (int) i.immediate(1), 1);
    }

    /** The other side finds all general registers, and, back in the kernel, the stack pointer, as they are. */
    private static List<Expr> afterwards(Exprs x) {
        return Stream.concat(IntStream.rangeClosed(0, 30).mapToObj(n -> "x" + n), Stream.of("sp"))
                .map(r -> x.reg(r, 64))
                .toList();
    }

    private static Op.CodeTarget indirect(Insn i) {
        return new Op.CodeTarget.Indirect(i.get(0));
    }

    private static void ret(Insn i) {
        i.emit(new Op.Return(i.count() == 0 ? i.x.reg("x30", 64) : i.get(0)));
    }
}
