// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.match.LayoutChanges;
import org.patchoscope.semantics.compare.match.LayoutRelation;
import org.patchoscope.semantics.compare.match.SameVectors;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.CommonLayout;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.source.SourceFacts;
import org.patchoscope.semantics.work.Limits;

/**
 * Compares two programs: from the changed functions upwards, each is compared; one proven equal is one
 * opaque function for its callers, one that is not is followed at its callers, until a difference has
 * either vanished in them or is seen from the outermost function of the world.
 */
public final class ProgramComparison {
    /**
     * A whole comparison.
     *
     * @param changed functions whose code differs
     * @param renamed functions that only have another name now
     * @param roots verdicts that count, by root
     * @param inner functions that differ by themselves but not as seen from a root
     * @param unaffected functions that call changed ones, all of which have been settled
     * @param undecided by function, those that it calls, others between them, of which it is not known whether they differ
     * @param bounds by function that is equal, itself or in what it calls, only up to a loop bound: that bound
     * @param alike by a root that is told, others of which the same is true: vectors that one macro makes
     * @param lemmas functions whose type differs, and in words how they were compared all the same
     */
    public record Result(
            Set<String> changed,
            Map<String, String> renamed,
            List<RootVerdict> roots,
            List<String> inner,
            Set<String> unaffected,
            Map<String, String> lemmas,
            Map<String, Set<String>> undecided,
            Map<String, Integer> bounds,
            Map<String, Set<String>> alike) {
        /** A result in which no root stands for others, and no bound was reached. */
        public Result(
                Set<String> changed,
                Map<String, String> renamed,
                List<RootVerdict> roots,
                List<String> inner,
                Set<String> unaffected,
                Map<String, String> lemmas,
                Map<String, Set<String>> undecided) {
            this(changed, renamed, roots, inner, unaffected, lemmas, undecided, Map.of(), Map.of());
        }

        public Result {
            alike = Map.copyOf(alike);
            bounds = Map.copyOf(bounds);
            changed = Set.copyOf(changed);
            renamed = Map.copyOf(renamed);
            roots = List.copyOf(roots);
            inner = List.copyOf(inner);
            unaffected = Set.copyOf(unaffected);
            lemmas = Map.copyOf(lemmas);
            undecided = Map.copyOf(undecided);
        }
    }

    private final ArchProfile profile;
    private final Limits limits;
    private final Abi abi;
    private final Consumer<String> progress;
    private final RootComparison one;
    private final ChangedSignatures types;

    public ProgramComparison(
            ArchProfile profile, Exprs x, Solver solver, Limits limits, Abi abi, Consumer<String> progress) {
        this(profile, x, solver, limits, abi, progress, OverlapWatch.none());
    }

    /** A comparison during which {@code watch} is told of every access to memory. */
    public ProgramComparison(
            ArchProfile profile,
            Exprs x,
            Solver solver,
            Limits limits,
            Abi abi,
            Consumer<String> progress,
            OverlapWatch watch) {
        this.profile = profile;
        this.limits = limits;
        this.abi = abi;
        this.progress = progress;
        this.one = new RootComparison(profile, x, solver, abi, watch);
        this.types = new ChangedSignatures(profile, x, solver, one);
    }

    /** Compares {@code before} with {@code after}; both programs must use this comparison's factory. */
    public Result compare(Side before, Side after) {
        return compare(before, after, structures -> Optional.empty());
    }

    /** What sources say, asked for where structures with these names are laid out differently; empty without sources. */
    @FunctionalInterface
    public interface Sources {
        Optional<SourceFacts> facts(Set<String> structures);
    }

    /**
     * The same where sources are at hand, so that structures may be laid out differently: members are matched by name,
     * and functions with the same source are taken to differ by that alone.
     */
    public Result compare(Side before, Side after, Sources sources) {
        CommonLayout common =
                new CommonLayout(before.program().debug(), after.program().debug());
        Optional<SourceFacts> facts = common.changed().isEmpty() ? Optional.empty() : sources.facts(common.changed());
        Correspondence c = new Correspondence(
                before.program(),
                after.program(),
                facts.map(SourceFacts::same).orElse(Set.of()),
                facts.map(SourceFacts::other).orElse(Set.of()));
        if (!common.changed().isEmpty() && facts.isEmpty()) {
            return uncompared(c, LayoutChanges.reason(common.changed()));
        }
        LayoutRelation numbering = facts.<LayoutRelation>map(f -> new LayoutRelation.ByName(
                        common, f, LayoutRelation.moved(profile, common, before.macros(), after.macros())))
                .orElseGet(() -> alike(before));
        Set<String> touched = facts.map(SourceFacts::touched).orElse(Set.of());
        Sides sides = new Sides(before, after, c, numbering, limits);
        return new CompositionalVerification(sides, touched, one, types, new SameVectors(c, abi), progress).compared();
    }

    /**
     * Compares one function as seen by its caller: what it calls is followed, whatever that is by itself. No bound is
     * lowered where there are too many paths. Equal code, down to all that it calls, is equivalent without a pair of paths.
     *
     * @throws IllegalArgumentException if a side has no function of that name
     */
    public RootVerdict function(Side before, Side after, String name) {
        Correspondence c = new Correspondence(before.program(), after.program());
        Correspondence.Pair pair =
                c.pair(name).orElseThrow(() -> new IllegalArgumentException("not in both programs: " + name));
        Set<String> layouts =
                new CommonLayout(before.program().debug(), after.program().debug()).elsewhere();
        Set<String> data = new TreeSet<>(c.references(name));
        data.retainAll(c.data().unknown());
        if (!data.isEmpty()) {
            return RootComparison.dataChanged(name, data);
        }
        String why = !layouts.isEmpty()
                ? LayoutChanges.reason(layouts)
                : c.comparable(pair) ? "" : "the versions take or return values of different sizes";
        if (!why.isEmpty()) {
            return RootVerdict.notAnalysed(name, why);
        }
        Set<String> affected = new TreeSet<>(c.affected());
        // The same code means something else where it is given, or gives, values of another type.
        if (c.otherValues(pair)) {
            affected.add(name);
        }
        return affected.contains(name)
                ? one.compare(new Sides(before, after, c, alike(before), limits)
                        .task(pair, affected, Set.of(), new Lemmas(c)))
                : new RootVerdict(name, new Verdict.Equivalent(0), 0, Set.of(), Set.of());
    }

    private static LayoutRelation alike(Side before) {
        return new LayoutRelation.Alike(new Layout(before.program().debug()));
    }

    private static Result uncompared(Correspondence c, String why) {
        List<RootVerdict> roots = c.changed().stream()
                .filter(f -> c.pair(f).isPresent())
                .sorted()
                .map(f -> RootVerdict.notAnalysed(f, why))
                .toList();
        return new Result(c.changed(), c.renamed(), roots, List.of(), Set.of(), Map.of(), Map.of());
    }
}
