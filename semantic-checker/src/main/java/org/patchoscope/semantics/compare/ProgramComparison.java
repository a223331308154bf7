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
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Abi;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;

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

    /**
     * The verdict on a root.
     *
     * @param unfinished what could not be analysed beside the findings
     * @param notes what the paths leaned on
     */
    public record RootVerdict(String root, Verdict verdict, Set<String> unfinished, Set<String> notes) {
        public RootVerdict {
            unfinished = Set.copyOf(unfinished);
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
        Map<String, RootVerdict> roots = new LinkedHashMap<>();
        List<String> inner = new ArrayList<>();
        verdicts.forEach((f, v) -> {
            boolean settled = v.verdict() instanceof Verdict.Equivalent;
            boolean askedAbove = c.callers(f).stream().anyMatch(g -> !g.equals(f) && verdicts.containsKey(g));
            if (settled || !askedAbove) {
                RootVerdict told = lowered(c, verdicts, v);
                roots.put(told.root(), told);
            } else {
                inner.add(f);
            }
        });
        inner.removeAll(roots.keySet());
        return new Result(c.changed(), c.renamed(), List.copyOf(roots.values()), inner);
    }

    /** The innermost function that shows the same differences without leaning on what its callers pass. */
    private static RootVerdict lowered(Correspondence c, Map<String, RootVerdict> verdicts, RootVerdict top) {
        for (RootVerdict v : verdicts.values()) {
            boolean called = !v.root().equals(top.root()) && c.callers(v.root()).contains(top.root());
            if (called && sameFindings(v, top) && findings(v).stream().noneMatch(ProgramComparison::onParameters)) {
                return lowered(c, verdicts, v);
            }
        }
        return top;
    }

    private static List<Finding> findings(RootVerdict v) {
        return switch (v.verdict()) {
            case Verdict.Changed f -> f.findings();
            case Verdict.RaceWindow f -> f.findings();
            case Verdict.Equivalent e -> List.of();
            case Verdict.NotAnalysed n -> List.of();
        };
    }

    private static boolean sameFindings(RootVerdict a, RootVerdict b) {
        List<String> one =
                findings(a).stream().map(f -> f.example().group()).sorted().toList();
        List<String> two =
                findings(b).stream().map(f -> f.example().group()).sorted().toList();
        return !one.isEmpty() && a.verdict().getClass() == b.verdict().getClass() && one.equals(two);
    }

    /** Whether a condition speaks of a parameter's value: plain symbols that are no pointers we know. */
    private static boolean onParameters(Finding f) {
        return f.conditions().stream()
                .flatMap(c -> Unknowns.of(c).stream())
                .anyMatch(u -> u instanceof Expr.Sym s
                        && !Set.of("regs", "current", "stack").contains(s.name())
                        && s.name().matches("\\w+"));
    }

    private RootVerdict verdict(
            Correspondence.Pair p, Side before, Side after, Correspondence c, Set<String> open, Set<String> equal) {
        String name = p.after().name();
        Task task = new Task(p, before, after, c, open, equal);
        FunctionComparison.Compared sequential = refined(task, Reading.SEQUENTIAL);
        Set<String> notes = sequential.notes();
        if (!sequential.findings().isEmpty()) {
            return new RootVerdict(name, new Verdict.Changed(sequential.findings()), sequential.problems(), notes);
        }
        if (!sequential.problems().isEmpty()) {
            return new RootVerdict(name, new Verdict.NotAnalysed(sequential.problems()), Set.of(), notes);
        }
        FunctionComparison.Compared concurrent = refined(task, Reading.CONCURRENT);
        Verdict v;
        if (!concurrent.findings().isEmpty()) {
            v = new Verdict.RaceWindow(concurrent.findings());
        } else if (!concurrent.problems().isEmpty()) {
            v = new Verdict.NotAnalysed(concurrent.problems());
        } else {
            v = new Verdict.Equivalent(
                    sequential.result().pairs(), sequential.result().bounded());
        }
        return new RootVerdict(name, v, Set.of(), notes);
    }

    /** What is compared with what, and what is known by then. */
    private record Task(
            Correspondence.Pair pair, Side before, Side after, Correspondence c, Set<String> open, Set<String> equal) {}

    /**
     * A call of a function of the world is one event at first. Where two traces part at such a call, the
     * function is followed after all: calling something that does nothing is no difference.
     */
    private FunctionComparison.Compared refined(Task t, Reading reading) {
        Set<String> follow = new LinkedHashSet<>();
        while (true) {
            FunctionComparison.Compared result =
                    comparison(t, follow).compare(t.pair().before(), t.pair().after(), reading);
            Set<String> suspects = new LinkedHashSet<>();
            result.result().differences().forEach(d -> {
                suspect(d.before(), d.at(), t.c(), suspects);
                suspect(d.after(), d.at(), t.c(), suspects);
            });
            if (!follow.addAll(suspects)) {
                return result;
            }
        }
    }

    private static void suspect(org.patchoscope.semantics.machine.Path p, int at, Correspondence c, Set<String> into) {
        if (at < p.events().size() && c.knows(p.events().get(at).name())) {
            into.add(p.events().get(at).name());
        }
    }

    private FunctionComparison comparison(Task t, Set<String> follow) {
        FunctionComparison.Machines machines = new FunctionComparison.Machines() {
            @Override
            public Machine before(Reading reading) {
                return machine(t.before(), reading, t, follow);
            }

            @Override
            public Machine after(Reading reading) {
                return machine(t.after(), reading, t, follow);
            }
        };
        AssumptionCheck assumptions = new AssumptionCheck(
                profile, new Layout(t.before().program().debug()), t.before().macros(), x, solver);
        return new FunctionComparison(x, solver, limits, machines, assumptions);
    }

    private Machine machine(Side side, Reading reading, Task t, Set<String> follow) {
        String self = t.pair().after().name();
        ProfileEnvironment environment = new ProfileEnvironment(
                profile,
                x,
                new Layout(side.program().debug()),
                side.macros(),
                side.features(),
                reading,
                f -> !f.equals(self)
                        && !follow.contains(f)
                        && (!t.open().contains(f) || t.equal().contains(f)),
                t.c()::name);
        return new Machine(side.program(), environment, abi, limits.loops());
    }
}
