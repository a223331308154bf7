// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.trace.Premise;
import org.patchoscope.semantics.work.Limits;

/**
 * A comparison in which two pointers may point to the same object. The simulator takes objects behind different
 * pointers to be disjoint. A difference it finds so is one; equality that leaned on that holds unless they overlap. Then
 * parameters are tried that are equal, to show what happens where they do.
 */
record OverlapCases(Pairing pairing, int loops) {
    private static final int MOST_CASES = 12;
    private static final int MOST_NAMED = 2;

    FunctionDiff.Result compare(boolean disjoint) {
        Pairing.Run apart = run(Map.of());
        RootVerdict verdict = sure(apart, disjoint ? Set.of() : apart.overlaps());
        if (apart.overlaps().isEmpty()) {
            verdict = verdict.without(new Premise.DisjointPointers());
        }
        if (disjoint || apart.overlaps().isEmpty() || !verdict.equal()) {
            return apart.with(verdict);
        }
        if (apart.overlaps().stream().anyMatch(OverlapCases::withinOne)) {
            Verdict open = new Verdict.NotAnalysed(Set.of("what is written at one place of an object may be what is"
                    + " accessed at another, of which it is not known where it is"));
            return apart.with(new RootVerdict(verdict.root(), open, verdict.pairs(), Set.of(), verdict.notes()));
        }
        List<String> pointers = pairing.pointers();
        int tried = 0;
        for (int i = 0; i < pointers.size(); i++) {
            for (int j = i + 1; j < pointers.size() && tried < MOST_CASES; j++, tried++) {
                String one = pointers.get(i);
                String other = pointers.get(j);
                Pairing.Run same = run(Map.of(other, one));
                if (sure(same, same.overlaps()).verdict() instanceof Verdict.Changed c) {
                    return same.unless(one + " and " + other + " overlap", verdict, whenEqual(same, c, one, other));
                }
            }
        }
        return apart.unless(overlapping(apart.overlaps()), verdict, List.of());
    }

    private Pairing.Run run(Map<String, String> alias) {
        return pairing.run(Limits.REVIEW.withLoops(loops), n -> alias.getOrDefault(n, n));
    }

    /** The verdict without findings that may be none. */
    private RootVerdict sure(Pairing.Run run, Set<OverlapWatch.Pair> overlaps) {
        RootVerdict v = run.verdict();
        if (!(v.verdict() instanceof Verdict.Changed c)) {
            return v;
        }
        SpuriousFindingFilter doubts = new SpuriousFindingFilter(pairing.objects(), overlaps);
        List<Finding> sure =
                c.findings().stream().filter(f -> doubts.about(f).isEmpty()).toList();
        Set<String> open = new TreeSet<>(v.unfinished());
        c.findings().forEach(f -> doubts.about(f).ifPresent(open::add));
        Verdict left = sure.isEmpty() ? new Verdict.NotAnalysed(open) : new Verdict.Changed(sure);
        return new RootVerdict(v.root(), left, v.pairs(), sure.isEmpty() ? Set.of() : open, v.notes());
    }

    /** The findings of a run in which two parameters are one value, as findings about two that are equal. */
    private static List<Finding> whenEqual(Pairing.Run run, Verdict.Changed changed, String one, String other) {
        Exprs x = run.before().exprs();
        Expr first = x.sym(one, 64);
        Expr second = x.sym(other, 64);
        return changed.findings().stream()
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
    }

    /** Whether both are counted from one pointer: then it is an index that decides, which any caller may choose. */
    private static boolean withinOne(OverlapWatch.Pair p) {
        return !Collections.disjoint(Unknowns.leaves(p.written()), Unknowns.leaves(p.other()))
                && !(p.written() instanceof Expr.Apply)
                && !(p.other() instanceof Expr.Apply);
    }

    /** What would have to overlap for equality not to hold, as far as a reader can name it. */
    private static String overlapping(Set<OverlapWatch.Pair> pairs) {
        Set<String> named = new LinkedHashSet<>();
        for (OverlapWatch.Pair p : pairs) {
            if (!(p.written() instanceof Expr.Sym one) || !(p.other() instanceof Expr.Sym two)) {
                return "objects behind different pointers overlap";
            }
            named.add(Stream.of(one, two)
                    .map(OverlapCases::name)
                    .sorted()
                    .collect(Collectors.joining(" and ", "", " overlap")));
        }
        return named.size() > MOST_NAMED ? "objects behind different pointers overlap" : String.join(", or ", named);
    }

    private static String name(Expr.Sym base) {
        if (base.name().startsWith("ret:")) {
            return "what " + base.name().substring(4, base.name().lastIndexOf('#')) + "() returns";
        }
        return base.name().startsWith("&") ? base.name().substring(1) : base.name();
    }
}
