// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.program.Location;

/**
 * The processor at the first instruction of an entry.
 *
 * @param entry its symbol
 * @param at the instruction
 * @param vector how it is entered
 * @param number which of the vector's origins it comes from
 */
public record Entered(String entry, Location at, Vector vector, int number) {
    /** How far down the task's stack the kernel was when it was interrupted: any multiple of 16, as the processor aligns it. */
    private static final long INTERRUPTED = 2048;

    public Vector.Origin origin() {
        return vector.origins().get(number);
    }

    public boolean pushes() {
        return vector.pushed() != Vector.Pushed.NOTHING;
    }

    /** What is true of this origin and of no other. */
    public List<Expr> condition(Exprs x) {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i <= number && vector.origins().size() > 1; i++) {
            String question = vector.origins().get(i).question();
            if (!question.isEmpty()) {
                all.add(i == number ? x.sym(question, 1) : x.not(x.sym(question, 1)));
            }
        }
        return all;
    }

    /** In words that end a sentence; empty where there is one origin alone. */
    public String words() {
        return vector.origins().size() == 1 ? "" : origin().name();
    }

    /** Where the processor has pushed its frame: the user's on a stack of the entry's own, the kernel's on the task's. */
    public long stackPointer(TaskMemory task) {
        long end = origin().user() ? task.stack("the entry") : task.stackTop() - INTERRUPTED;
        return end - vector.pushed().bytes();
    }

    /** How far its frame should be from the end of the task's stack when it is popped; a user's has been moved there. */
    public long below() {
        return origin().user() || !pushes() ? 0 : INTERRUPTED;
    }
}
