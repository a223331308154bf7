// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/** Shows of some faults that they have no effect, by other means than the engine. */
final class WithoutEffect {
    private static final int WORD = 8;

    private WithoutEffect() {}

    /** Why the fault has no effect; empty where that is not known here. */
    static String why(World world, Fault f) {
        Program before = world.program(new Exprs());
        ObjectFile other = Mutant.of(f);
        Program after = world.program(before.exprs(), other);
        ObjectFile.Function function =
                Objects.requireNonNull(f.object().functions().get(f.function()));
        FunctionRef ref = new FunctionRef(f.object(), function);
        if (!function.contains(f.section(), f.offset())) {
            return f.kind() == FaultKind.SWAP ? swapped(before, f) : "";
        }
        Liveness live = new Liveness(before, ref, world.target.arch());
        if (!live.reached(f.offset())) {
            return "not reached";
        }
        if (f.object().keys().containsKey(new ObjectFile.Place(f.section(), f.offset()))) {
            return "static key";
        }
        if (f.kind() == FaultKind.SWAP) {
            return swapped(before, f);
        }
        Lifted one = before.at(new Location(f.object(), f.section(), f.offset()));
        Lifted two = after.at(new Location(other, f.section(), f.offset()));
        Set<String> written = new HashSet<>(Effects.of(one).writes());
        written.addAll(Effects.of(two).writes());
        return plain(one) && plain(two) && live.dead(f.offset(), written) ? "not read" : "";
    }

    private static boolean plain(Lifted i) {
        return i.length() > 0
                && i.ops().stream()
                        .allMatch(op -> op instanceof Op.Set
                                || op instanceof Op.Undefine
                                || op instanceof Op.Load
                                || op instanceof Op.Effect e
                                        && (e.effect() instanceof SystemEffect.Hint
                                                || e.effect() instanceof SystemEffect.ReadRegister));
    }

    /** Two that have nothing in common, so that one processor cannot tell which came first. */
    private static String swapped(Program p, Fault f) {
        Lifted a = p.at(new Location(f.object(), f.section(), f.offset()));
        Lifted b = p.at(new Location(f.object(), f.section(), f.offset() + a.length()));
        boolean events = List.of(a, b).stream()
                .flatMap(i -> i.ops().stream())
                .anyMatch(op -> op instanceof Op.Effect e
                        && !(e.effect() instanceof SystemEffect.ReadRegister)
                        && !(e.effect() instanceof SystemEffect.Hint));
        return !events && Effects.of(a).independentOf(Effects.of(b)) && apart(a, b) ? "independent" : "";
    }

    private record Access(String base, long offset, boolean write) {}

    private static boolean apart(Lifted a, Lifted b) {
        List<Optional<Access>> one = accesses(a);
        List<Optional<Access>> two = accesses(b);
        return one.stream().allMatch(x -> two.stream().allMatch(y -> apart(x, y)));
    }

    private static boolean apart(Optional<Access> x, Optional<Access> y) {
        if (x.isEmpty() || y.isEmpty()) {
            return false;
        }
        boolean reads = !x.get().write() && !y.get().write();
        return reads
                || x.get().base().equals(y.get().base())
                        && Math.abs(x.get().offset() - y.get().offset()) >= WORD;
    }

    private static List<Optional<Access>> accesses(Lifted i) {
        return i.ops().stream()
                .filter(op -> op instanceof Op.Load || op instanceof Op.Store)
                .map(op ->
                        op instanceof Op.Load l ? access(l.address(), false) : access(((Op.Store) op).address(), true))
                .toList();
    }

    private static Optional<Access> access(Expr address, boolean write) {
        if (address instanceof Expr.Reg r) {
            return Optional.of(new Access(r.name(), 0, write));
        }
        return address instanceof Expr.Binary b
                        && b.op() == BinaryOp.ADD
                        && b.left() instanceof Expr.Reg r
                        && b.right() instanceof Expr.Const c
                ? Optional.of(new Access(r.name(), c.value(), write))
                : write ? Optional.empty() : Optional.of(new Access("?", 0, false));
    }
}
