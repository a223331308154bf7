// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.semantics.compare.Finding;
import org.patchoscope.semantics.compare.RootVerdict;
import org.patchoscope.semantics.compare.Verdict;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.OverlapWatch;

/**
 * A comparison in which two pointers may point to the same object. The simulator takes objects behind different
 * pointers to be disjoint. A difference it finds so is one; equality is none where it leaned on that. Then parameters
 * are tried that are equal, and what is left over (partial overlaps) is not analysed.
 */
record OverlapCases(Pairing pairing, int loops) {
    private static final int MOST_CASES = 12;

    FunctionDiff.Result compare(boolean disjoint) {
        Pairing.Run apart = run(Map.of());
        RootVerdict verdict = sure(apart, disjoint ? Set.of() : apart.overlaps());
        if (disjoint || apart.overlaps().isEmpty() || !verdict.equal()) {
            return apart.with(verdict);
        }
        List<String> pointers = pairing.pointers();
        int tried = 0;
        for (int i = 0; i < pointers.size(); i++) {
            for (int j = i + 1; j < pointers.size() && tried < MOST_CASES; j++, tried++) {
                String one = pointers.get(i);
                String other = pointers.get(j);
                Pairing.Run same = run(Map.of(other, one));
                if (sure(same, same.overlaps()).verdict() instanceof Verdict.Changed c) {
                    return same.with(whenEqual(same, c, one, other));
                }
            }
        }
        Verdict open = new Verdict.NotAnalysed(Set.of(reason(apart.overlaps(), verdict)));
        return apart.with(new RootVerdict(verdict.root(), open, verdict.pairs(), Set.of(), verdict.notes()));
    }

    /** More paths than the limit are tried again with ways joined; the bound of loops stays as it was asked for. */
    private Pairing.Run run(Map<String, String> alias) {
        Limits limits = Limits.REVIEW.withLoops(loops).unrolling();
        Pairing.Run first = pairing.run(limits, n -> alias.getOrDefault(n, n));
        boolean tooMany = first.verdict().verdict() instanceof Verdict.NotAnalysed n
                && n.reasons().stream().anyMatch(r -> r.startsWith("more than"));
        return tooMany ? pairing.run(limits.withLoops(loops).withJoining(), n -> alias.getOrDefault(n, n)) : first;
    }

    /** The verdict without findings that may be none. */
    private RootVerdict sure(Pairing.Run run, Set<OverlapWatch.Pair> overlaps) {
        RootVerdict v = run.verdict();
        if (!(v.verdict() instanceof Verdict.Changed c)) {
            return v;
        }
        Doubts doubts = new Doubts(pairing.objects(), overlaps);
        List<Finding> sure =
                c.findings().stream().filter(f -> doubts.about(f).isEmpty()).toList();
        Set<String> open = new TreeSet<>(v.unfinished());
        c.findings().forEach(f -> doubts.about(f).ifPresent(open::add));
        Verdict left = sure.isEmpty() ? new Verdict.NotAnalysed(open) : new Verdict.Changed(sure);
        return new RootVerdict(v.root(), left, v.pairs(), sure.isEmpty() ? Set.of() : open, v.notes());
    }

    private static RootVerdict whenEqual(Pairing.Run run, Verdict.Changed changed, String one, String other) {
        Exprs x = run.before().exprs();
        Expr first = x.sym(one, 64);
        Expr second = x.sym(other, 64);
        List<Finding> findings = changed.findings().stream()
                .map(f -> {
                    List<List<Expr>> conditions = f.conditions().stream()
                            .map(c -> {
                                List<Expr> all = new ArrayList<>(List.of(x.eq(first, second)));
                                all.addAll(c);
                                return List.copyOf(all);
                            })
                            .toList();
                    Map<Expr, Long> witness = new LinkedHashMap<>(f.witness());
                    witness.put(second, witness.computeIfAbsent(first, k -> 0L));
                    return new Finding(
                            f.group(), f.example(), conditions, f.further(), witness, f.vanishesUnder(), f.pairs());
                })
                .toList();
        RootVerdict v = run.verdict();
        return new RootVerdict(v.root(), new Verdict.Changed(findings), v.pairs(), v.unfinished(), v.notes());
    }

    private static String reason(Set<OverlapWatch.Pair> pairs, RootVerdict otherwise) {
        OverlapWatch.Pair first = pairs.iterator().next();
        return "what is written behind " + name(first.written()) + " may overlap what is accessed behind "
                + name(first.other()) + " later; "
                + (otherwise.verdict() instanceof Verdict.Equivalent ? "equivalent" : "equal within the bound")
                + " if objects behind different pointers do not overlap";
    }

    private static String name(Expr base) {
        return switch (base) {
            case Expr.Sym s when s.name().startsWith("&") -> s.name().substring(1);
            case Expr.Sym s -> s.name();
            case Expr.Apply a -> "a pointer that was read";
            default -> "a computed pointer";
        };
    }
}
