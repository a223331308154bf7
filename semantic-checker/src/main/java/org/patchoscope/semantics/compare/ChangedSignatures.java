// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.match.AddedParameters;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.values.ResultValues;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;

/** Compares functions whose type is another one now, and records as a lemma what their callers may rely on. */
final class ChangedSignatures {
    private final ArchProfile profile;
    private final Exprs x;
    private final Solver solver;
    private final RootComparison one;

    ChangedSignatures(ArchProfile profile, Exprs x, Solver solver, RootComparison one) {
        this.profile = profile;
        this.x = x;
        this.solver = solver;
        this.one = one;
    }

    /** Results of another type cannot be set against each other: only what the callers make of them can. */
    static boolean meansSomethingElse(Correspondence c, Correspondence.Pair p) {
        String name = p.after().name();
        return !c.sameResult(p) && c.callers(name).stream().anyMatch(g -> !g.equals(name));
    }

    /**
     * A function that returned an integer and returns a truth value now, or the other way round, is
     * compared by what one says of the other. Its calls to itself are taken to keep that relation, which
     * is then proven or refuted by induction on their depth; its callers get related answers.
     */
    RootVerdict related(Task task, Set<String> changedData) {
        String f = task.pair().after().name();
        RootVerdict best = null;
        ResultRelation chosen = new ResultRelation(ResultRelation.Sense.ZERO_IS_TRUE, Set.of());
        for (ResultRelation.Sense sense : ResultRelation.Sense.values()) {
            ResultRelation r = new ResultRelation(sense, Set.of());
            task.lemmas().result(f, r);
            RootVerdict v = one.compare(task, changedData);
            if (best == null || wrongResults(v) < wrongResults(best)) {
                best = v;
                chosen = r;
            }
            if (wrongResults(v) == 0 || wrongResults(v) * 2 < v.pairs()) {
                break;
            }
        }
        ResultValues values = integers(task);
        Optional<Set<Long>> integers = values.of(f);
        int bits = task.c().integerBits(task.pair());
        if (values.complete()) {
            task.lemmas().result(f, integers.isPresent() ? chosen.seen(integers.get(), bits) : chosen);
        } else {
            task.lemmas().drop(f);
        }
        return Objects.requireNonNull(best);
    }

    /** Finds out what the version that returns an integer can return. */
    private ResultValues integers(Task task) {
        boolean before = !task.c().truthBefore(task.pair());
        FunctionComparison comparison = one.comparison(task.with(task.limits().withLoops(0)), Set.of());
        return new ResultValues(
                x,
                solver,
                name -> task.c().pair(name).map(p -> comparison.ends(before, before ? p.before() : p.after())));
    }

    /**
     * Whether one version does with its further parameters what the other does with what it reads for
     * itself. Their callers then have to pass what would have been read. Nothing can be said of other parameters.
     */
    RootVerdict supplied(Task task, Set<String> changedData) {
        String f = task.pair().after().name();
        List<AddedParameters.Extra> extra = task.c().extra(task.pair(), profile);
        if (extra.isEmpty()) {
            return RootVerdict.notAnalysed(f, "it takes other parameters");
        }
        task.lemmas().supply(f, extra);
        RootVerdict v = one.compare(task, changedData);
        if (!v.equal()) {
            task.lemmas().drop(f);
        }
        return v;
    }

    private static int wrongResults(RootVerdict v) {
        return v.findings().stream()
                .filter(f -> f.example().kind() == Difference.Kind.RESULT)
                .mapToInt(Finding::pairs)
                .sum();
    }
}
