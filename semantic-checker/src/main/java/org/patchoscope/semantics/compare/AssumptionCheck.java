// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;

/** Says under which of the profile's assumptions a difference cannot happen. */
final class AssumptionCheck {
    private final ArchProfile profile;
    private final Layout layout;
    private final Map<String, Long> macros;
    private final Exprs x;
    private final Solver solver;

    AssumptionCheck(ArchProfile profile, Layout layout, Map<String, Long> macros, Exprs x, Solver solver) {
        this.profile = profile;
        this.layout = layout;
        this.macros = Map.copyOf(macros);
        this.x = x;
        this.solver = solver;
    }

    /** Names of the assumptions that contradict every one of {@code conditions}. */
    List<String> vanishing(List<List<Expr>> conditions) {
        return profile.assumptions().stream()
                .filter(a -> conditions.stream().allMatch(c -> contradicts(a, c)))
                .map(ArchProfile.Assumption::name)
                .toList();
    }

    private boolean contradicts(ArchProfile.Assumption a, List<Expr> condition) {
        List<Expr> all = new ArrayList<>(condition);
        List<Expr> facts = facts(a, Unknowns.of(condition));
        all.addAll(facts);
        return !facts.isEmpty() && solver.check(all) instanceof Solver.Answer.Unsatisfiable;
    }

    private List<Expr> facts(ArchProfile.Assumption a, Set<Expr> unknowns) {
        return a.inverted() == 0 ? pointers(a, unknowns) : mirrored(a, unknowns);
    }

    /** Of reads at one moment: the variable has none of the bits just when the flag is set. */
    private List<Expr> mirrored(ArchProfile.Assumption a, Set<Expr> unknowns) {
        var flags = layout.slot(a.flagCell());
        Long bit = macros.get(a.macro());
        List<Expr> facts = new ArrayList<>();
        if (flags.isEmpty() || bit == null) {
            return facts;
        }
        Expr variable = x.add(x.sym("percpu", 64), x.sym("&" + a.cell(), 64));
        for (Expr w : cells(unknowns, flags.get().offset())) {
            Expr set = x.not(x.isZero(x.and(w, x.constant(bit, 64))));
            unknowns.stream()
                    .filter(u -> u instanceof Expr.Apply v
                            && v.function().equals(((Expr.Apply) w).function())
                            && v.arguments().get(0) == variable
                            && v.arguments().get(1).isConst(0))
                    .map(v -> x.isZero(x.and(v, x.constant(a.inverted(), 64))))
                    .forEach(clear -> facts.add(x.eq(clear, set)));
        }
        return facts;
    }

    /** The pointer is the same whenever it is read, and set only while the flag is; the flag never changes. */
    private List<Expr> pointers(ArchProfile.Assumption a, Set<Expr> unknowns) {
        var pointer = layout.slot(a.cell());
        var flags = layout.slot(a.flagCell());
        Long bit = macros.get(a.macro());
        List<Expr> facts = new ArrayList<>();
        if (pointer.isEmpty() || flags.isEmpty() || bit == null) {
            return facts;
        }
        List<Expr> pointers = cells(unknowns, pointer.get().offset());
        List<Expr> words = cells(unknowns, flags.get().offset());
        for (Expr w : words) {
            Expr set = x.not(x.isZero(x.and(w, x.constant(bit, 64))));
            pointers.forEach(p -> facts.add(x.or(x.isZero(p), set)));
        }
        return facts;
    }

    private static List<Expr> cells(Set<Expr> unknowns, long offset) {
        return unknowns.stream()
                .filter(u -> u instanceof Expr.Apply f
                        && f.function().startsWith("memory@")
                        && f.arguments().get(0) instanceof Expr.Sym s
                        && s.name().equals("current")
                        && f.arguments().get(1).isConst(offset))
                .toList();
    }
}
