// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.measure;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;

/** Static instruction counts of functions before and after. */
public final class CodeSizes {
    private final Program before;
    private final Program after;

    private static final byte INT3 = (byte) 0xcc;

    public CodeSizes(Program before, Program after) {
        this.before = before;
        this.after = after;
    }

    public List<Count> of(Set<String> functions) {
        return new TreeSet<>(functions)
                .stream()
                        .map(f -> new Count(f, "instructions", count(before, f), count(after, f)))
                        .filter(c -> c.before() != c.after())
                        .toList();
    }

    private static int count(Program p, String function) {
        return p.function(function)
                .map(f -> {
                    int n = 0;
                    long at = f.function().offset();
                    long end = at + f.function().size();
                    while (at < end) {
                        int length = p.at(new Location(f.object(), f.function().section(), at))
                                .length();
                        n += length == 1 && isFilling(f, at) ? 0 : 1;
                        at += Math.max(1, length);
                    }
                    return n;
                })
                .orElse(0);
    }

    /** {@code int3}, with which x86-64 fills the space before aligned code; nobody executes it. */
    private static boolean isFilling(Program.FunctionRef f, long at) {
        return f.object().sections().get(f.function().section()).data()[(int) at] == INT3;
    }
}
