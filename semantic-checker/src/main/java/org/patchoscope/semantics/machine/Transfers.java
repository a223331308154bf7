// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.VectorSlots;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.machine.Machine.Step;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.MarkedAccess;
import org.patchoscope.semantics.trace.Outcome;

/** Where control goes: branches, jumps, calls and returns, within the world and out of it. */
final class Transfers {
    /** A function that calls itself is followed once more at least: that it does so is what it is about. */
    private static final int RECURSIONS = 1;
    /** However far loops are followed. */
    private static final int DEEPEST = 8;

    private final Program program;
    private final Exprs x;
    private final Environment environment;
    private final Abi abi;
    private final int loopBound;
    private final MemoryModel memory;
    private final OpaqueCalls calls;
    private final Returns returns;
    private final Entry entry;
    private final MarkedAccesses marked;

    Transfers(
            Program program,
            Environment environment,
            Abi abi,
            int loopBound,
            MemoryModel memory,
            OpaqueCalls calls,
            Entry entry) {
        this.program = program;
        this.x = program.exprs();
        this.environment = environment;
        this.abi = abi;
        this.loopBound = loopBound;
        this.memory = memory;
        this.calls = calls;
        this.returns = new Returns(program, abi);
        this.entry = entry;
        this.marked = new MarkedAccesses(program.exprs(), abi, memory, calls);
    }

    private Expr value(State s, Expr e) {
        return OpaqueCalls.value(x, s, e);
    }

    Step branch(State s, Op.Branch b, Location here, Location next) {
        Expr condition = value(s, b.condition());
        if (condition instanceof Expr.Const c) {
            program.shape(s.function()).leaving(here).forEach(head -> s.decided.add(visit(s, head)));
            return c.value() == 1 ? jump(s, b.target(), here) : proceed(s, next);
        }
        Optional<Location> target = program.target(here, b.target());
        boolean call = target.isEmpty() || functionElsewhere(target.get(), here).isPresent();
        if (call && b.target() instanceof Op.CodeTarget.Indirect) {
            return Machine.fail(s, "conditional branch to a computed address");
        }
        // A conditional call in tail position is made at the next step, where a path can end.
        return entry.noticing(
                s,
                new Step.Fork(
                        condition,
                        t -> {
                            if (call) {
                                t.taken = b.target();
                            } else {
                                arrive(t, target.get());
                            }
                        },
                        f -> f.pc = next));
    }

    /** The function that starts at {@code to}, if {@code from} is not in it. */
    private Optional<FunctionRef> functionElsewhere(Location to, Location from) {
        return program.startingAt(to)
                .filter(f -> to.object() != from.object() || !f.function().contains(from.section(), from.offset()));
    }

    /** A jump that leaves the function's range may close a loop that is not seen within it. */
    private void arrive(State s, Location target) {
        if (s.replacement != null && target.section() != s.replacement.end().section()) {
            s.replacement = null; // replaced code that jumps back is left for good
        }
        boolean away = !s.function().function().contains(target.section(), target.offset());
        if (away && !arrives(s, target)) {
            s.outcome = new Outcome.BoundReached(target.toString());
        }
        s.pc = target;
    }

    /** Notes that a place is come to within a call; whether that is not more often than loops are followed. */
    boolean arrives(State s, Location target) {
        State.Visit v = visit(s, target);
        boolean known = s.decided.remove(v);
        State.Turns turns = s.visits.getOrDefault(v, State.Turns.NONE).next(known);
        s.visits.put(v, turns);
        return turns.within(loopBound);
    }

    private static State.Visit visit(State s, Location at) {
        return new State.Visit(s.calls.getLast().number(), at);
    }

    static Step proceed(State s, Location to) {
        s.pc = to;
        return new Step.Continue();
    }

    Step jump(State s, Op.CodeTarget target, Location here) {
        Optional<Location> to = program.target(here, resolve(s, target));
        if (to.isEmpty()) {
            return leave(s, target, here);
        }
        Optional<FunctionRef> function = functionElsewhere(to.get(), here);
        if (function.isPresent() && abi.slots().apply(s.function().name()) != VectorSlots.NONE) {
            // A table of vectors does no more than go there; what happens there is told of that.
            calls.left(
                    s, returns.everything(s), List.of(), "to " + function.get().name(), here.toString());
            return new Step.End();
        }
        if (function.isPresent()) {
            return enter(
                    s,
                    function.get(),
                    s.calls.getLast().returnTo(),
                    s.calls.getLast().returnAddress(),
                    true,
                    here);
        }
        arrive(s, to.get());
        return s.outcome instanceof Outcome.Finished ? new Step.Continue() : new Step.End();
    }

    /** A jump to code outside of the world: a call in tail position. */
    private Step leave(State s, Op.CodeTarget target, Location here) {
        Op.CodeTarget resolved = resolve(s, target);
        if (resolved instanceof Op.CodeTarget.Indirect i && s.entered && s.calls.size() == 1 && !abi.returnOnStack()) {
            // The way out by the trampoline, which finds all registers as they are.
            List<Expr> found = new ArrayList<>(List.of(i.address()));
            found.addAll(returns.everything(s));
            calls.left(s, found, List.of(), Event.JUMP, here.toString());
            return new Step.End();
        }
        // Before the call: the stack need not be private, and then the callee may write it.
        Expr back = abi.returnOnStack() ? pop(s) : OpaqueCalls.register(s, abi.link());
        return outside(s, resolved, here) ? comeBack(s, back, here, !abi.returnOnStack()) : new Step.End();
    }

    private void push(State s, Expr value) {
        Expr sp = x.add(OpaqueCalls.register(s, abi.stackPointer()), -8);
        s.registers.put(abi.stackPointer(), sp);
        memory.store(s, sp, value);
    }

    private Expr pop(State s) {
        Expr sp = OpaqueCalls.register(s, abi.stackPointer());
        s.registers.put(abi.stackPointer(), x.add(sp, 8));
        return memory.load(s, sp, 64);
    }

    private Op.CodeTarget resolve(State s, Op.CodeTarget target) {
        if (target instanceof Op.CodeTarget.Indirect i) {
            Expr address = value(s, i.address());
            if (address instanceof Expr.Sym y
                    && y.name().startsWith("&")
                    && known(y.name().substring(1))) {
                return new Op.CodeTarget.Symbol(y.name().substring(1), 0);
            }
            return new Op.CodeTarget.Indirect(address);
        }
        return target;
    }

    /** Of what is only pointed to, debug information need not say what it takes: then the pointer is the callee's name. */
    private boolean known(String function) {
        return program.debug().prototypes().containsKey(function)
                || program.function(function).isPresent();
    }

    Step call(State s, Op.CodeTarget target, Location here, Location next) {
        Op.CodeTarget resolved = resolve(s, target);
        Abi.Routine routine =
                resolved instanceof Op.CodeTarget.Symbol y ? abi.routines().get(y.name()) : null;
        if (routine != null) {
            calls.routine(s, ((Op.CodeTarget.Symbol) resolved).name(), routine, here.toString());
            return proceed(s, next);
        }
        if (resolved instanceof Op.CodeTarget.Local l && isWithin(s, here, l.offset()) && !abi.returnOnStack()) {
            // A call within the function does no more than set the link register.
            s.registers.put(
                    abi.link(),
                    x.add(
                            x.sym("&" + s.function().name(), 64),
                            next.offset() - s.function().function().offset()));
            return jump(s, resolved, here);
        }
        Optional<FunctionRef> function = program.target(here, resolved).flatMap(program::startingAt);
        if (function.isPresent()) {
            Expr back = x.sym("return to " + next + " " + s.calls.size(), 64);
            if (abi.returnOnStack()) {
                push(s, back);
            } else {
                s.registers.put(abi.link(), back);
            }
            return enter(s, function.get(), next, back, false, here);
        }
        return outside(s, resolved, here) ? proceed(s, next) : new Step.End();
    }

    private static boolean isWithin(State s, Location here, long offset) {
        return s.function().function().contains(here.section(), offset)
                && offset != s.function().function().offset();
    }

    private boolean outside(State s, Op.CodeTarget target, Location here) {
        return switch (target) {
            case Op.CodeTarget.Symbol y -> named(s, y.name(), here.toString());
            case Op.CodeTarget.Indirect i -> calls.external(s, Event.THROUGH_POINTER, i.address(), here.toString());
            case Op.CodeTarget.Local l -> throw new MemoryModel.Unmodelled("call into the middle of code");
        };
    }

    private boolean named(State s, String callee, String place) {
        Optional<MarkedAccess> access = MarkedAccess.of(callee);
        access.ifPresent(a -> marked.perform(s, a, place));
        return access.isPresent() || calls.external(s, callee, null, place);
    }

    private Step enter(State s, FunctionRef f, Location returnTo, Expr back, boolean tail, Location here) {
        if (environment.opaque(f)) {
            // So that the stack pointer is the caller's, from which its variables are found; and before the call,
            // which may write a stack that is not private.
            Expr popped = abi.returnOnStack() ? pop(s) : back;
            if (!calls.external(s, f.name(), null, here.toString())) {
                return new Step.End();
            }
            return tail ? comeBack(s, popped, here, !abi.returnOnStack()) : proceed(s, returnTo);
        }
        long depth = s.calls.stream()
                .filter(c -> c.function().name().equals(f.name()))
                .count();
        if (depth > Math.clamp(loopBound, RECURSIONS, DEEPEST)) {
            s.outcome = new Outcome.BoundReached("recursion into " + f.name());
            return new Step.End();
        }
        Expr fp = s.registers.getOrDefault(abi.framePointer(), back);
        Expr sp = OpaqueCalls.register(s, abi.stackPointer());
        Expr callerStack = abi.returnOnStack() ? x.add(sp, 8) : sp;
        int tails = 0;
        State.Replacement within = s.replacement;
        if (tail) {
            State.Activation old = s.calls.removeLast();
            fp = old.framePointer();
            callerStack = old.callerStack();
            tails = old.tails() + 1;
            within = old.within();
        }
        s.calls.add(new State.Activation(++s.activations, f, returnTo, back, fp, callerStack, tails, within));
        s.replacement = null;
        s.pc = f.entry();
        return new Step.Continue();
    }

    /** A return. */
    Step comeBack(State s, Expr address, Location here) {
        return comeBack(s, value(s, address), here, false);
    }

    private Step comeBack(State s, Expr address, Location here, boolean tail) {
        State.Activation a = s.calls.getLast();
        if (!tail && address != a.returnAddress()) {
            if (s.calls.size() > 1) {
                return Machine.fail(s, "return to an address that is not the caller's");
            }
            calls.left(
                    s,
                    returns.elsewhere(s, a.function(), address),
                    returns.scratch(s, a.function()),
                    Event.ELSEWHERE,
                    here.toString());
            return new Step.End();
        }
        if (s.calls.size() == 1) {
            calls.returned(
                    s,
                    returns.result(s, a.function()),
                    returns.beside(s, a.function()),
                    returns.kept(s, a.function()),
                    here.toString());
            return new Step.End();
        }
        s.calls.removeLast();
        s.replacement = a.within();
        return proceed(s, a.returnTo());
    }
}
