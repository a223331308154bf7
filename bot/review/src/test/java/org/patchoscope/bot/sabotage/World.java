// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.patchoscope.bot.pipeline.build.KernelStateBuilder;
import org.patchoscope.bot.pipeline.build.StateBuilder;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.environment.FeatureNames;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.sandbox.UnsandboxedRunner;
import org.patchoscope.semantics.solver.EqualitySolver;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.StoppableSolver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.Limits;
import org.patchoscope.semantics.work.TimeIsUp;
import org.patchoscope.semantics.work.WorkTime;

/** The objects of a profile, and what the product's own engine says where one of them is another. */
final class World implements AutoCloseable {
    /** How many comparisons have the program without a fault in common: what it has been lifted to is kept. */
    private static final int SHARED = 25;

    final Target target;
    final Disassembler disassembler;
    private final ArchProfile profile;
    private final List<ObjectFile> objects;
    private final Map<String, Path> files;
    private final DebugInfo debug;
    private final Map<String, Long> macros;
    private int compared;
    private Program original;

    private World(
            Target target,
            Disassembler disassembler,
            ArchProfile profile,
            List<ObjectFile> objects,
            Map<String, Path> files,
            DebugInfo debug,
            Map<String, Long> macros) {
        this.target = target;
        this.disassembler = disassembler;
        this.profile = profile;
        this.objects = List.copyOf(objects);
        this.files = Map.copyOf(files);
        this.debug = debug;
        this.macros = Map.copyOf(macros);
        this.original = program(new Exprs());
    }

    /** The objects of the source directory {@code tree}, built for an architecture as a review builds them. */
    static World of(String arch, Path tree, Path cache) throws IOException, ObjectException {
        Target target = Target.of(arch);
        Toolchain toolchain = Toolchain.unpack(cache.resolve("toolchain"), line -> {});
        TreeStore store = new TreeStore(cache.resolve("trees"));
        TreeRef ref = store.add("linux", tree);
        String head = store.head(ref).orElseThrow();
        SourceState state = SourceState.base(store.checkout(ref, head), head);
        KernelBuild build = new KernelBuild(toolchain, new UnsandboxedRunner(), cache.resolve("kernel"), 2, l -> {});
        ArchProfile profile = new Profiles().shipped(target.profile());
        Arch built = Arch.of(arch);
        StateBuilder.Built objects = new KernelStateBuilder(
                        build, build.prepare(state, built, Variant.base()), profile, built, 2)
                .build(state, new TreeSet<>());
        return of(target, profile, objects, toolchain);
    }

    private static World of(Target target, ArchProfile profile, StateBuilder.Built built, Toolchain toolchain)
            throws ObjectException {
        DebugInfoReader reader = new DebugInfoReader(toolchain.tool("llvm-dwarfdump"));
        List<ObjectFile> objects = new ArrayList<>();
        Map<String, Path> files = new TreeMap<>();
        DebugInfo debug = DebugInfo.none();
        for (StateBuilder.BuiltObject o : built.objects()) {
            StateBuilder.BuiltObject compared = built.described().getOrDefault(o.name(), o);
            objects.add(new ObjectReader().read(o.name(), compared.file()));
            files.put(o.name(), compared.file());
            debug = debug.and(reader.read(compared.file()));
        }
        return new World(
                target, target.disassembler(toolchain.libLLVM()), profile, objects, files, debug, built.macros());
    }

    /** A single object that a compiler has made of {@code source}, in a world of its own. */
    static World of(String arch, Path source, Toolchain toolchain) throws IOException, ObjectException {
        Target target = Target.of(arch);
        ArchProfile profile =
                ArchProfile.bare(arch, new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE"));
        ObjectFile object = new ObjectReader().read("small.o", source);
        DebugInfo debug = new DebugInfoReader(toolchain.tool("llvm-dwarfdump")).read(source);
        Disassembler disassembler = target.disassembler(toolchain.libLLVM());
        return new World(target, disassembler, profile, List.of(object), Map.of(), debug, Map.of());
    }

    List<ObjectFile> objects() {
        return objects;
    }

    /** Where the objects are, for a look with other tools. */
    Map<String, Path> files() {
        return files;
    }

    /** The program of the objects, one of them replaced. */
    Program program(Exprs x, ObjectFile replaced) {
        List<ObjectFile> all = objects.stream()
                .map(o -> o.name().equals(replaced.name()) ? replaced : o)
                .toList();
        return new Program(all, debug, target.lifter(disassembler), x);
    }

    /** The program as it is. */
    Program program(Exprs x) {
        return new Program(objects, debug, target.lifter(disassembler), x);
    }

    /**
     * What the engine says of a fault. Of a function compiled from C it is asked about that function first, as its callers would see
     * it, then, unless that differs, about all that is affected.
     *
     * @param time processor time for each of the two
     */
    Judgement compare(Fault fault, Duration time) {
        if (++compared % SHARED == 1) {
            original = program(new Exprs());
        }
        Program before = original;
        Exprs x = before.exprs();
        Program after = program(x, Mutant.of(fault));
        boolean compiled = debug.prototypes().get(fault.function()) instanceof DebugInfo.Prototype p && p.defined();
        if (compiled) {
            Judgement alone = within(
                    x, time, c -> Judgement.of(List.of(c.function(side(before), side(after), fault.function()))));
            if (!alone.verdict().equal()) {
                return alone;
            }
        }
        return within(x, time, c -> Judgement.of(c.compare(side(before), side(after))));
    }

    private Judgement within(Exprs x, Duration time, Function<ProgramComparison, Judgement> compared) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        long end = threads.getThreadCpuTime(self) + time.toNanos();
        WorkTime work = () -> threads.getThreadCpuTime(self) < end ? Optional.empty() : Optional.of(Judgement.TIME);
        Limits limits = Limits.REVIEW.within(work);
        try (Solver solver = new StoppableSolver(
                new SlicingSolver(new RememberingSolver(new EqualitySolver(x, new Z3Solver()))), limits.time())) {
            return compared.apply(new ProgramComparison(profile, x, solver, limits, target.abi(), f -> {}));
        } catch (TimeIsUp e) {
            return new Judgement(Judgement.Kind.TIME, e.why());
        }
    }

    private Side side(Program program) {
        return new Side(program, macros, FeatureNames.of(macros, macros));
    }

    @Override
    public void close() {
        disassembler.close();
    }
}
