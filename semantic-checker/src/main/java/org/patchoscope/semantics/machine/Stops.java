// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.ExceptionTable;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.ControlFlowGraph;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/** Finds the cut points of an execution: where it may show something to the world, where paths meet, and where loops begin. */
final class Stops {
    private final Program program;
    private final Environment environment;
    private final Abi abi;
    private final ExceptionTable exceptions;
    private final Map<Location, Boolean> showing = new HashMap<>();

    Stops(Program program, Environment environment, Abi abi, ExceptionTable exceptions) {
        this.program = program;
        this.environment = environment;
        this.abi = abi;
        this.exceptions = exceptions;
    }

    /** What the state's place is. */
    Machine.Stop at(State s) {
        if (s.raised != null || s.taken != null) {
            return Machine.Stop.EVENT;
        }
        if (s.entering != null
                || s.patchedIn != null
                || !s.slots.isEmpty()
                || s.alternativesRejected > 0
                || s.fixupDecided
                || s.checked) {
            return Machine.Stop.NONE;
        }
        ControlFlowGraph shape = program.shape(s.function());
        boolean plain = s.replacement == null;
        if (plain && shape.isLoopHead(s.pc)) {
            return Machine.Stop.HEAD;
        }
        if (mayShow(s)) {
            return Machine.Stop.EVENT;
        }
        boolean comesTogether = plain
                && (shape.isMerge(s.pc)
                        || s.openForks != null && s.openForks.depth() > s.calls.size()
                        || s.openForks != null && s.pc.equals(s.openForks.at()));
        return comesTogether ? Machine.Stop.MERGE : Machine.Stop.NONE;
    }

    private boolean mayShow(State s) {
        Boolean known = showing.computeIfAbsent(s.pc, this::mayShow);
        return known || s.calls.size() == 1 && ends(program.at(s.pc));
    }

    private static boolean ends(Lifted i) {
        return i.ops().stream().anyMatch(o -> o instanceof Op.Return);
    }

    private boolean mayShow(Location at) {
        ObjectFile.Fixup fixup = at.object().fixups().get(new ObjectFile.Place(at.section(), at.offset()));
        return fixup != null && exceptions.userAccess(fixup)
                || program.at(at).ops().stream().anyMatch(op -> mayShow(op, at));
    }

    private boolean mayShow(Op op, Location at) {
        return switch (op) {
            case Op.Set s -> false;
            case Op.Undefine u -> false;
            case Op.Check c -> false;
            case Op.Load l -> l.access() == Op.Access.USER;
            case Op.Store s -> s.access() == Op.Access.USER;
            case Op.Repeat r -> r.body().stream().anyMatch(o -> mayShow(o, at));
            case Op.Effect e ->
                switch (e.effect()) {
                    case SystemEffect.Hint h -> false;
                    case SystemEffect.ReadRegister r -> Systems.shows(r.name());
                    case SystemEffect.ReadModelSpecific r -> false;
                    case SystemEffect.WriteRegister w -> true;
                    case SystemEffect.WriteModelSpecific w -> true;
                    case SystemEffect.InterruptMask m -> true;
                    case SystemEffect.Barrier b -> true;
                    case SystemEffect.Mode m -> true;
                    case SystemEffect.Maintenance m -> true;
                    case SystemEffect.Monitor m -> true;
                };
            case Op.Branch b -> leaves(b.target(), at);
            case Op.Jump j -> leaves(j.target(), at);
            case Op.Call c -> leaves(c.target(), at);
            case Op.Return r -> false;
            case Op.Exit e -> true;
            case Op.Trap t -> true;
            case Op.Unsupported u -> true;
        };
    }

    /** Whether control may go out of the world there, or to a function of it that is one event. */
    private boolean leaves(Op.CodeTarget target, Location at) {
        if (target instanceof Op.CodeTarget.Symbol y && abi.routines().containsKey(y.name())) {
            return true;
        }
        Optional<Location> to = program.target(at, target);
        Optional<FunctionRef> function = to.flatMap(program::startingAt);
        return to.isEmpty() || function.filter(environment::opaque).isPresent();
    }
}
