// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * The state of the processor beside its general registers, of which every event has that of its time. Bits of flags: SDM vol. 1,
 * section 3.4.3, and Arm ARM, C5.2 ("PSTATE").
 *
 * @param parts what it consists of
 */
public record Context(List<Part> parts) {
    /** Bits of a register; nothing where the path has no value for it. */
    public record Part(String name, String register, int low, int width) {}

    public Context {
        parts = List.copyOf(parts);
    }

    /** What it consists of that no instruction has set yet, when code is entered: as it was there. */
    public void begin(Exprs x, Map<String, Expr> registers) {
        for (Part p : parts) {
            if (p.register().startsWith("pstate:")) {
                registers.putIfAbsent(p.register(), unchanged(x, p.name(), p.width()));
            }
        }
    }

    /** What it is now, by name. */
    public Map<String, Expr> of(Exprs x, Map<String, Expr> registers) {
        Map<String, Expr> all = new LinkedHashMap<>();
        for (Part p : parts) {
            Expr value = registers.get(p.register());
            if (value != null && p.low() + p.width() <= value.width()) {
                all.put(p.name(), x.extract(value, p.low(), p.width()));
            }
        }
        return all;
    }

    /** What a part is on a path that has not changed it. */
    public static Expr unchanged(Exprs x, String part, int width) {
        return x.sym(part + " at entry", width);
    }
}
