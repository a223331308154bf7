// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.patchoscope.semantics.compare.ProgramComparison.Result;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.match.SameVectors;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.work.TimeIsUp;
import org.patchoscope.semantics.work.Unexpected;

/**
 * One walk through the functions that a change may affect, callees before their callers, with what has been found out
 * on the way.
 */
final class CompositionalVerification {
    private final Sides sides;
    private final Correspondence c;
    private final RedundantCallers elsewhere;
    private final RootComparison one;
    private final ChangedSignatures types;
    private final SameVectors vectors;
    private final Consumer<String> progress;
    private final Lemmas lemmas;
    private final Set<String> data;
    private final Set<String> open;
    private final Set<String> equal = new LinkedHashSet<>();
    private final Set<String> settled = new LinkedHashSet<>();
    private final Set<String> unaffected = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Map<String, RootVerdict> verdicts = new LinkedHashMap<>();
    private final BoundsBelow bounds;

    /**
     * @param touched functions whose own source a change touches, where that is known
     */
    CompositionalVerification(
            Sides sides,
            Set<String> touched,
            RootComparison one,
            ChangedSignatures types,
            SameVectors vectors,
            Consumer<String> progress) {
        this.sides = sides;
        this.c = sides.c();
        this.elsewhere = new RedundantCallers(c, touched);
        this.one = one;
        this.types = types;
        this.vectors = vectors;
        this.progress = progress;
        this.lemmas = new Lemmas(c);
        this.data = c.data().unknown();
        this.open = c.affected();
        this.bounds = new BoundsBelow(c);
    }

    Result compared() {
        c.bottomUp().forEach(this::visit);
        c.users(data).stream().sorted().forEach(f -> {
            verdicts.putIfAbsent(f, RootComparison.dataChanged(f, data));
            settled.add(f);
        });
        return summary();
    }

    private void visit(String f) {
        Optional<String> unlike = c.unlikeCopies(f);
        if (unlike.isPresent()) {
            settle(RootVerdict.notAnalysed(f, unlike.get()));
            return;
        }
        if (!c.changed().contains(f) && !callsUnsettled(f)) {
            unaffected.add(f);
            bounds.passOn(f);
            equal.add(f);
            settled.add(f);
            return;
        }
        Optional<String> unknownCallee =
                unknown.stream().filter(c.callees(f)::contains).findFirst();
        if (unknownCallee.isPresent()) {
            settle(RootVerdict.resultUnknown(f, unknownCallee.get()));
            unknown.add(f);
            return;
        }
        if (vectors.told(f)) {
            settled.add(f);
            return;
        }
        Optional<RootVerdict> told = vectors.isVector(f) ? Optional.empty() : elsewhere.of(f, open, settled, verdicts);
        if (told.isPresent()) {
            bounds.passOn(f);
            settle(told.get());
            return;
        }
        c.pair(f).ifPresent(this::compareInTime);
    }

    /** What there is no time for is told as that; nothing that was tried on the way is relied on at its callers. */
    private void compareInTime(Correspondence.Pair p) {
        try {
            sides.limits().time().check();
            Optional<String> failed = Unexpected.guarded(
                    () -> {
                        compare(p);
                        return Optional.empty();
                    },
                    Optional::of);
            failed.ifPresent(why -> leftOpen(p, why));
        } catch (TimeIsUp e) {
            leftOpen(p, e.why());
        }
    }

    private void leftOpen(Correspondence.Pair p, String why) {
        String f = p.after().name();
        lemmas.drop(f);
        settle(RootVerdict.notAnalysed(f, why));
        if (ChangedSignatures.meansSomethingElse(c, p)) {
            unknown.add(f);
        }
    }

    private void compare(Correspondence.Pair p) {
        if (ChangedSignatures.meansSomethingElse(c, p)) {
            if (c.sameParameters(p) && c.truthAndInteger(p)) {
                compareByRelation(p);
            }
        } else if (c.sameParameters(p)) {
            compareAlike(p);
        } else if (c.sameResult(p)) {
            String f = p.after().name();
            begin(f);
            RootVerdict v = types.supplied(task(p), data);
            if (v.equal()) {
                equal.add(f);
                bounds.note(v);
            }
        }
    }

    private void compareByRelation(Correspondence.Pair p) {
        String f = p.after().name();
        begin(f);
        settle(bounds.of(types.related(task(p), data)));
        if (lemmas.result(f).isPresent()) {
            equal.add(f);
        } else {
            unknown.add(f);
        }
    }

    private void compareAlike(Correspondence.Pair p) {
        String f = p.after().name();
        begin(f);
        RootVerdict v = bounds.of(one.compare(task(p), data));
        verdicts.put(f, v);
        if (v.equal() && c.sameResult(p) && c.enteredAtStart(p)) {
            equal.add(f);
        }
        if (endsHere(p, v)) {
            settled.add(f);
        }
    }

    private void begin(String f) {
        progress.accept(f);
    }

    private void settle(RootVerdict v) {
        verdicts.put(v.root(), v);
        settled.add(v.root());
    }

    private Task task(Correspondence.Pair p) {
        return sides.task(p, open, equal, lemmas);
    }

    private boolean callsUnsettled(String f) {
        return c.callees(f).stream().anyMatch(g -> open.contains(g) && !settled.contains(g));
    }

    /**
     * Whether callers need not be asked: the function is equal, or it cannot be analysed, or what differs
     * depends on nothing that a caller passes.
     */
    private boolean endsHere(Correspondence.Pair p, RootVerdict v) {
        boolean equal = v.equal();
        boolean called = seenFromCallers(p.after().name());
        if (!c.hasPrototype(p) && !equal && called || !c.enteredAtStart(p)) {
            return false; // what it leaves in registers, or does from other labels on, its callers show
        }
        return switch (v.verdict()) {
            case Verdict.Equivalent e -> c.sameResult(p);
            case Verdict.EqualWithinBound b -> c.sameResult(p);
            case Verdict.NotAnalysed n -> true;
            case Verdict.Changed f ->
                c.sameResult(p) && v.findings().stream().noneMatch(CompositionalVerification::onParameters);
            case Verdict.RaceWindow f -> v.findings().stream().noneMatch(CompositionalVerification::onParameters);
        };
    }

    /** A verdict counts where it settled the matter, or where there is no caller left to ask. */
    private Result summary() {
        List<RootVerdict> roots = new ArrayList<>();
        List<String> inner = new ArrayList<>(c.bottomUp().stream()
                .filter(f -> lemmas.result(f).isEmpty()
                        && c.pair(f)
                                .filter(p -> ChangedSignatures.meansSomethingElse(c, p))
                                .isPresent())
                .toList());
        verdicts.forEach((f, v) -> {
            boolean askedAbove = c.callers(f).stream().anyMatch(g -> !g.equals(f) && verdicts.containsKey(g));
            boolean leftToCallers = c.pair(f)
                    .filter(p -> !c.hasPrototype(p) || !c.enteredAtStart(p))
                    .isPresent();
            if (settled.contains(f) || !askedAbove || leftToCallers && !tellingCallers(f)) {
                roots.add(v);
            } else {
                inner.add(f);
            }
        });
        return new Result(
                c.changed(),
                c.renamed(),
                roots,
                inner,
                unaffected,
                lemmas.texts(),
                undecided(),
                bounds.all(),
                vectors.alike());
    }

    /** What vectors jump to is seen through them; elsewhere what is jumped to is told itself. */
    private boolean seenFromCallers(String f) {
        return !vectors.isRoutine(f)
                && (c.seenFromCallers(f) || !vectors.reaching(f).isEmpty());
    }

    /** Whether callers have told what differs, or that nothing does for them. */
    private boolean tellingCallers(String f) {
        if (vectors.isRoutine(f)) {
            return false;
        }
        List<RootVerdict> reaching = vectors.reaching(f).stream()
                .flatMap(v -> Optional.ofNullable(verdicts.get(v)).stream())
                .toList();
        return c.seenFromCallers(f)
                || !reaching.isEmpty()
                        && (reaching.stream().anyMatch(v -> !v.findings().isEmpty())
                                || reaching.stream().allMatch(RootVerdict::equal));
    }

    private Map<String, Set<String>> undecided() {
        Map<String, Set<String>> below = new HashMap<>();
        for (String f : c.bottomUp()) {
            Set<String> mine = new TreeSet<>(below.getOrDefault(f, Set.of()));
            RootVerdict v = verdicts.get(f);
            if (v != null && v.undecided()) {
                mine.add(f);
            }
            if (!mine.isEmpty()) {
                c.callers(f)
                        .forEach(g ->
                                below.computeIfAbsent(g, k -> new TreeSet<>()).addAll(mine));
            }
        }
        return below;
    }

    /** Whether a condition speaks of a parameter's value: plain symbols that are no pointers we know. */
    private static boolean onParameters(Finding f) {
        return f.conditions().stream()
                .flatMap(c -> Unknowns.of(c).stream())
                .anyMatch(u -> u instanceof Expr.Sym s
                        && !Set.of("regs", "current", "stack").contains(s.name())
                        && s.name().matches("\\w+( \\(parameter\\))?"));
    }
}
