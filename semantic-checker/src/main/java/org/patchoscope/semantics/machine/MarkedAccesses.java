// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.MarkedAccess;

/**
 * Does what markers stand for. What is read so may have been written by others: each read gives a new value. A plain store
 * before a volatile access need not have been seen by anybody when that is made; before a barrier, or an access with a
 * memory order, it must have been.
 */
final class MarkedAccesses {
    private final Exprs x;
    private final Abi abi;
    private final MemoryModel memory;
    private final OpaqueCalls calls;

    MarkedAccesses(Exprs x, Abi abi, MemoryModel memory, OpaqueCalls calls) {
        this.x = x;
        this.abi = abi;
        this.memory = memory;
        this.calls = calls;
    }

    void perform(State s, MarkedAccess a, String place) {
        switch (a.kind()) {
            case READ -> {
                Event e = event(s, a, List.of(address(s)), place);
                calls.clobber(s, e.tag());
                give(s, abi.result(), x.sym("ret:" + e.tag(), a.width()));
            }
            case WRITE -> {
                Expr address = address(s);
                Expr value = argument(s, 1, a.width());
                Event e = event(s, a, List.of(address, value), place);
                store(s, address, value, place);
                calls.clobber(s, e.tag());
            }
            case UPDATE -> {
                Expr address = address(s);
                Event e = event(s, a, List.of(address, argument(s, 1, a.width())), place);
                store(s, address, x.sym("after " + e.tag(), a.width()), place);
                calls.clobber(s, e.tag());
                give(s, abi.result(), x.sym("ret:" + e.tag(), a.width()));
            }
            case EXCHANGE -> exchange(s, a, place);
            case FENCE, BARRIER -> {
                Event e = event(s, a, List.of(), place);
                calls.outsideActed(s, e);
                calls.clobber(s, e.tag());
            }
        }
    }

    private void exchange(State s, MarkedAccess a, String place) {
        Expr address = address(s);
        Expr expected = argument(s, 1, a.width());
        Expr wanted = argument(s, 2, a.width());
        Event e = event(s, a, List.of(address, expected, wanted), place);
        Expr found = x.sym("ret:" + e.tag(), a.width());
        Expr done = x.eq(found, expected);
        store(s, address, x.ite(done, wanted, found), place);
        calls.clobber(s, e.tag());
        give(s, abi.result(), found);
        give(s, abi.secondResult(), done);
    }

    private Event event(State s, MarkedAccess a, List<Expr> arguments, String place) {
        boolean ordered = !a.order().isEmpty() || a.kind() == MarkedAccess.Kind.BARRIER;
        return calls.record(s, Event.Kind.SYSTEM, a.event(), arguments, place, ordered);
    }

    private void store(State s, Expr address, Expr value, String place) {
        if (memory.isIndexed(s, address)) {
            calls.indexedWrite(s, address, value, place);
        } else {
            memory.store(s, address, value);
        }
    }

    private Expr address(State s) {
        return OpaqueCalls.register(s, abi.arguments().getFirst());
    }

    private Expr argument(State s, int index, int width) {
        return x.extract(OpaqueCalls.register(s, abi.arguments().get(index)), 0, width);
    }

    private void give(State s, String register, Expr value) {
        Expr full = value.width() == 64
                ? value
                : x.concat(x.sym("undefined:high@" + register + s.events.size(), 64 - value.width()), value);
        s.registers.put(register, full);
    }
}
