// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.List;
import java.util.SortedMap;
import org.patchoscope.semantics.expr.Expr;

/**
 * A way from an entry to an exit from the kernel.
 *
 * @param exit the exit instruction, or the trap that the way ends in
 * @param condition one-bit conditions under which it is taken
 * @param calls what is called and not followed, in order
 * @param executed instructions executed by mnemonic, as the kernel's sources spell them
 * @param faults what is wrong with the machine at the exit, in words like {@code with interrupts on}
 */
public record ExitPath(
        String exit,
        List<Expr> condition,
        List<String> calls,
        SortedMap<String, Integer> executed,
        List<String> faults) {
    public ExitPath {
        condition = List.copyOf(condition);
        calls = List.copyOf(calls);
        faults = List.copyOf(faults);
    }

    /** All instructions executed. */
    public int instructions() {
        return executed.values().stream().mapToInt(Integer::intValue).sum();
    }
}
