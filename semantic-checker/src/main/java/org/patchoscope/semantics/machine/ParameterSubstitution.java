// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.environment.Supply;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.trace.Premise;

/**
 * Makes two versions of a function comparable of which one is passed what the other reads for itself: at
 * its entry the parameter is that very read, and calls of the version without it have the read made there
 * as an argument.
 */
final class ParameterSubstitution {
    private final Environment environment;
    private final Exprs x;
    private final MemoryModel memory;
    private final Abi abi;

    ParameterSubstitution(Environment environment, Exprs x, MemoryModel memory, Abi abi) {
        this.environment = environment;
        this.x = x;
        this.memory = memory;
        this.abi = abi;
    }

    /** Gives supplied parameters of the root the value that the other version would read first. */
    void atStart(State s, String root) {
        for (Supply p : environment.supplied(environment.eventName(root))) {
            if (p.passed()) {
                String register = abi.arguments().get(p.position());
                Expr high = p.bits() == 64 ? null : x.sym("undefined:" + register + " high", 64 - p.bits());
                Expr value = read(s, p);
                s.registers.put(register, high == null ? value : x.concat(high, value));
            }
        }
    }

    /** Adds what a callee of this side will read for itself to the arguments it is passed. */
    void addTo(List<Expr> arguments, State s, String callee) {
        String name = environment.eventName(callee);
        for (Supply p : environment.supplied(name)) {
            if (!p.passed()) {
                arguments.add(p.position(), read(s, p));
            }
            s.notes.add(new Premise.SuppliedArgument(name));
        }
    }

    private Expr read(State s, Supply p) {
        return memory.load(s, x.add(x.sym("current", 64), p.offset()), p.bits());
    }
}
