// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.environment.ProfileEnvironment;
import org.patchoscope.semantics.environment.Reading;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Abi;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.solver.Solver;

/**
 * Compares two programs: from the changed functions upwards, each is compared; one proven equal is one
 * opaque function for its callers, one that is not is followed at its callers, until a difference has
 * either vanished in them or is seen from the outermost function of the world.
 */
public final class ProgramComparison {
    /** One side: the program, and what its tree calls things. */
    public record Side(Program program, Map<String, Long> macros, Map<Integer, String> features) {
        public Side {
            macros = Map.copyOf(macros);
            features = Map.copyOf(features);
        }
    }

    /** The verdict on a root, with what the paths leaned on. */
    public record RootVerdict(String root, Verdict verdict, Set<String> notes) {
        public RootVerdict {
            notes = Set.copyOf(notes);
        }
    }

    /**
     * A whole comparison.
     *
     * @param changed functions whose code differs
     * @param renamed functions that only have another name now
     * @param roots verdicts that count, by root
     * @param inner functions that differ by themselves but not as seen from a root
     */
    public record Result(
            Set<String> changed, Map<String, String> renamed, List<RootVerdict> roots, List<String> inner) {
        public Result {
            changed = Set.copyOf(changed);
            renamed = Map.copyOf(renamed);
            roots = List.copyOf(roots);
            inner = List.copyOf(inner);
        }
    }

    private final ArchProfile profile;
    private final Exprs x;
    private final Solver solver;
    private final Limits limits;
    private final Abi abi;
    private final Consumer<String> progress;

    public ProgramComparison(
            ArchProfile profile, Exprs x, Solver solver, Limits limits, Abi abi, Consumer<String> progress) {
        this.profile = profile;
        this.x = x;
        this.solver = solver;
        this.limits = limits;
        this.abi = abi;
        this.progress = progress;
    }

    /** Compares {@code before} with {@code after}; both programs must use this comparison's factory. */
    public Result compare(Side before, Side after) {
        Correspondence c = new Correspondence(before.program(), after.program());
        Set<String> open = c.affected();
        Set<String> equal = new LinkedHashSet<>();
        Map<String, RootVerdict> verdicts = new LinkedHashMap<>();
        for (String f : c.bottomUp()) {
            boolean reached = c.changed().contains(f) || calls(c, f, open, equal);
            if (!reached) {
                equal.add(f);
                continue;
            }
            c.pair(f).filter(c::sameParameters).ifPresent(p -> {
                progress.accept(f);
                RootVerdict v = verdict(p, before, after, c, open, equal);
                verdicts.put(f, v);
                if (v.verdict() instanceof Verdict.Equivalent && c.sameResult(p)) {
                    equal.add(f);
                }
            });
        }
        return summarise(c, verdicts);
    }

    private static boolean calls(Correspondence c, String f, Set<String> open, Set<String> equal) {
        return open.stream().anyMatch(g -> !equal.contains(g) && c.callers(g).contains(f));
    }

    /** A verdict counts where no caller was asked instead. */
    private static Result summarise(Correspondence c, Map<String, RootVerdict> verdicts) {
        List<RootVerdict> roots = new ArrayList<>();
        List<String> inner = new ArrayList<>();
        verdicts.forEach((f, v) -> {
            boolean settled = v.verdict() instanceof Verdict.Equivalent;
            boolean askedAbove = c.callers(f).stream().anyMatch(g -> !g.equals(f) && verdicts.containsKey(g));
            if (settled || !askedAbove) {
                roots.add(v);
            } else {
                inner.add(f);
            }
        });
        return new Result(c.changed(), c.renamed(), roots, inner);
    }

    private RootVerdict verdict(
            Correspondence.Pair p, Side before, Side after, Correspondence c, Set<String> open, Set<String> equal) {
        FunctionComparison comparison =
                comparison(before, after, c, open, equal, p.after().name());
        FunctionComparison.Compared sequential = comparison.compare(p.before(), p.after(), Reading.SEQUENTIAL);
        Set<String> notes = sequential.notes();
        if (!sequential.findings().isEmpty()) {
            return new RootVerdict(p.after().name(), new Verdict.Changed(sequential.findings()), notes);
        }
        if (!sequential.problems().isEmpty()) {
            return new RootVerdict(p.after().name(), new Verdict.NotAnalysed(sequential.problems()), notes);
        }
        FunctionComparison.Compared concurrent = comparison.compare(p.before(), p.after(), Reading.CONCURRENT);
        Verdict v;
        if (!concurrent.findings().isEmpty()) {
            v = new Verdict.RaceWindow(concurrent.findings());
        } else if (!concurrent.problems().isEmpty()) {
            v = new Verdict.NotAnalysed(concurrent.problems());
        } else {
            v = new Verdict.Equivalent(
                    sequential.result().pairs(), sequential.result().bounded(), false);
        }
        return new RootVerdict(p.after().name(), v, notes);
    }

    private FunctionComparison comparison(
            Side before, Side after, Correspondence c, Set<String> open, Set<String> equal, String self) {
        FunctionComparison.Machines machines = new FunctionComparison.Machines() {
            @Override
            public Machine before(Reading reading) {
                return machine(before, reading, c, open, equal, self);
            }

            @Override
            public Machine after(Reading reading) {
                return machine(after, reading, c, open, equal, self);
            }
        };
        AssumptionCheck assumptions =
                new AssumptionCheck(profile, new Layout(before.program().debug()), before.macros(), x, solver);
        return new FunctionComparison(x, solver, limits, machines, assumptions);
    }

    private Machine machine(
            Side side, Reading reading, Correspondence c, Set<String> open, Set<String> equal, String self) {
        ProfileEnvironment environment = new ProfileEnvironment(
                profile,
                x,
                new Layout(side.program().debug()),
                side.macros(),
                side.features(),
                reading,
                f -> !f.equals(self) && (!open.contains(f) || equal.contains(f)),
                c::name);
        return new Machine(side.program(), environment, abi, limits.loops());
    }
}
