// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
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

    /** The pointer is the same whenever it is read, and set only while the flag is; the flag never changes. */
    private List<Expr> facts(ArchProfile.Assumption a, Set<Expr> unknowns) {
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
