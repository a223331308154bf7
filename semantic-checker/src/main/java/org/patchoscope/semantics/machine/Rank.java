// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.program.ControlFlowGraph;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;

/**
 * How far an execution has come, so that states that can still come to a place are taken before the one that waits there: per
 * active call the turns of the loops around its place and the place in reverse postorder.
 */
public record Rank(List<Integer> numbers) implements Comparable<Rank> {
    public Rank {
        numbers = List.copyOf(numbers);
    }

    static Rank of(Program program, State s) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < s.calls.size(); i++) {
            boolean top = i == s.calls.size() - 1;
            State.Activation a = s.calls.get(i);
            Location at = !top ? s.calls.get(i + 1).returnTo() : s.replacement != null ? s.replacement.resume() : s.pc;
            ControlFlowGraph shape = program.shape(a.function());
            all.add(a.tails());
            for (Location head : shape.loops(at)) {
                all.add(2 * shape.rank(head));
                boolean arriving = top && at.equals(head) && s.replacement == null;
                State.Turns turns = s.visits.getOrDefault(new State.Visit(a.number(), head), State.Turns.NONE);
                all.add(turns.open() + turns.decided() + (arriving ? 1 : 0));
            }
            // Within a call, or in replaced code, comes before where it goes on.
            all.add(2 * shape.rank(at) - (top && s.replacement == null ? 0 : 1));
        }
        return new Rank(all);
    }

    @Override
    public int compareTo(Rank other) {
        for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
            int c = Integer.compare(numbers.get(i), other.numbers.get(i));
            if (c != 0) {
                return c;
            }
        }
        return Integer.compare(numbers.size(), other.numbers.size());
    }
}
