// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Unknowns;

/**
 * The state of the processor beside its general registers, of which every event has that of its time. Bits of flags: SDM vol. 1,
 * section 3.4.3, and Arm ARM, C5.2 ("PSTATE").
 *
 * @param parts what it consists of
 * @param syndromes system registers that the processor sets when it takes an exception, whoever wants to know of the one before
 */
public record Context(List<Part> parts, List<String> syndromes) {
    /** Bits of a register; nothing where the path has no value for it. */
    public record Part(String name, String register, int low, int width) {}

    public Context {
        parts = List.copyOf(parts);
        syndromes = List.copyOf(syndromes);
    }

    /** What distinguishes sequences of atomic and ordered accesses. */
    public static final String ORDER = "order of atomic accesses";

    /** Where that is kept. */
    public static final String ORDER_REGISTER = "pstate:accesses";

    /** Whether the return address has been signed and not checked since: a function has to do both, or none. */
    public static final String SIGNED = "signature of the return address";

    /** Whether the code was entered from user mode. */
    public static final String FROM_USER = "entered from user mode";

    /** Where an entry makes the frame pointer point to. */
    public static final String FRAME = "frame pointer";

    private static final String USERS_IN = "user's value in ";

    /** How far below what was interrupted an entry has put the interrupted registers of the kernel. */
    public static final String ROOM = "room above the interrupted registers";

    /** What ends the names of values that registers which calls may change have at the start. */
    static final String AT_ENTRY = "@entry";

    /** What starts the names of values that registers have when user mode is left. */
    public static final String USERS = "user ";

    /** What it consists of that no instruction has set yet, when code is entered: as it was there. */
    public void begin(Exprs x, Map<String, Expr> registers) {
        registers.put(SIGNED, x.no());
        for (Part p : parts) {
            if (p.register().startsWith("pstate:")) {
                registers.putIfAbsent(p.register(), unchanged(x, p.name(), p.width()));
            }
        }
    }

    /** Exceptions may have been taken since {@code event}: what was known of the last one is not known any more. */
    public void interrupted(Exprs x, Map<String, Expr> registers, String event) {
        syndromes.forEach(r -> registers.put("sys:" + r, x.sym(r + " after " + event, 64)));
    }

    /**
     * What of it an entry has to see to before it calls: that nothing of the user's is left in {@code general} registers, where
     * speculation may find it, and that handlers have the room that they count on.
     */
    public static Map<String, Expr> ofEntry(Exprs x, Map<String, Expr> registers, List<String> general) {
        Map<String, Expr> all = new LinkedHashMap<>();
        if (registers.containsKey(FROM_USER)) {
            for (String r : general) {
                Expr value = registers.get(r);
                boolean users = value != null
                        && Unknowns.leaves(value).stream()
                                .anyMatch(u -> u instanceof Expr.Sym s
                                        && (s.name().startsWith(USERS)
                                                || s.name().endsWith(AT_ENTRY)));
                all.put(USERS_IN + r, users ? x.yes() : x.no());
            }
        }
        Expr room = registers.get(ROOM);
        if (room != null) {
            all.put(ROOM, room);
        }
        return all;
    }

    /** Whether {@code part} is of that kind: it is so at the call, and not at what is called from there. */
    public static boolean isOfEntry(String part) {
        return part.equals(ROOM) || part.equals(FRAME) || part.startsWith(USERS_IN);
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
