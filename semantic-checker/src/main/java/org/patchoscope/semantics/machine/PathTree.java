// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.expr.Expr;

/** All paths of a root as a tree of decisions: what distinguishes two paths is on the way to them. */
public sealed interface PathTree {
    /** A decision on a one-bit condition that both ways are possible for. */
    record Decision(Expr condition, PathTree whenTrue, PathTree whenFalse) implements PathTree {}

    /** A path. */
    record Leaf(Path path) implements PathTree {}

    /** The paths, from left to right. */
    default List<Path> paths() {
        List<Path> all = new ArrayList<>();
        collect(this, all);
        return List.copyOf(all);
    }

    private static void collect(PathTree t, List<Path> into) {
        switch (t) {
            case Leaf l -> into.add(l.path());
            case Decision d -> {
                collect(d.whenTrue(), into);
                collect(d.whenFalse(), into);
            }
        }
    }
}
