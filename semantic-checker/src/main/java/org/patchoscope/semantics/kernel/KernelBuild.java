// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.patchoscope.semantics.kernel.config.ConfigDrift;
import org.patchoscope.semantics.kernel.config.MacroTable;
import org.patchoscope.semantics.kernel.config.Peculiarity;
import org.patchoscope.semantics.kernel.config.Requirement;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.Digest;
import org.patchoscope.semantics.kernel.files.KernelBuildException;
import org.patchoscope.semantics.kernel.files.Logs;
import org.patchoscope.semantics.kernel.files.TreePath;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.toolchain.Progress;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Configures kernel trees and compiles single objects of any source state over them. Safe for several threads. */
public final class KernelBuild {
    /** Raised when what is kept beside a prepared output directory changes its form. */
    private static final String LAYOUT = "layout-2";

    private final Toolchain toolchain;
    private final Path cacheDir;
    private final Preparer preparer;
    private final Views views;
    private final Commands commands;
    private final ObjectCache cache;
    private final ObjectCompiler compiler;
    private final MacroReader macros;
    private final Reassembler reassembler;
    private final Preprocessor preprocessor;

    /**
     * Sets up the building of objects.
     *
     * @param jobs how many processes Kbuild may use
     */
    public KernelBuild(Toolchain toolchain, Sandbox sandbox, Path cacheDir, int jobs, Progress progress) {
        this.toolchain = toolchain;
        this.cacheDir = cacheDir.toAbsolutePath().normalize();
        Kbuild kbuild = new Kbuild(toolchain, sandbox, jobs);
        this.preparer = new Preparer(kbuild, progress);
        this.commands = new Commands(kbuild);
        this.cache = new ObjectCache(this.cacheDir);
        CompilerRun run = new CompilerRun(toolchain, sandbox);
        this.compiler = new ObjectCompiler(this.cacheDir, toolchain.version(), toolchain.root(), run, cache);
        this.views = new Views(this.cacheDir, new Trees(progress), preparer, new GeneratedHeaders(compiler));
        this.macros = new MacroReader(this.cacheDir, toolchain, sandbox, run);
        this.reassembler = new Reassembler(this.cacheDir, run);
        this.preprocessor = new Preprocessor(this.cacheDir, run);
    }

    /** Configures the base of a state; done once per base, architecture, variant and toolchain. */
    public Prepared prepare(SourceState state, Arch arch, Variant variant) {
        String key = new Digest()
                .add(Recipe.VERSION)
                .add(LAYOUT)
                .add(state.baseId())
                .add(state.baseDir().toString())
                .add(toolchain.root().toString())
                .add(arch.name())
                .addAll(Recipe.settings(arch, variant))
                .hex();
        // Nearly all of a preparation is the same for every variant; Kbuild makes again what is not.
        Preparer.SeedConfig seed = variant.settings().isEmpty()
                ? new Preparer.SeedConfig.Defconfig()
                : new Preparer.SeedConfig.VariationOf(
                        prepare(state, arch, Variant.base()).out());
        Preparer.Order order = new Preparer.Order(
                state.baseDir(), cacheDir.resolve("prepared").resolve(key), key, arch, variant, seed);
        try {
            return switch (preparer.prepare(order)) {
                case Step.Done<Prepared> done -> done.value();
                case Step.Stopped<Prepared> stopped ->
                    throw new KernelBuildException(
                            "cannot configure the kernel for " + arch.kbuildName() + ": " + headline(stopped.outcome()),
                            state.baseDir().toString(),
                            "see the log; KernelBuild.check() names missing host tools; then delete " + order.home(),
                            Logs.text(stopped.outcome()));
            };
        } catch (IOException e) {
            throw broken("cannot configure the kernel", e);
        }
    }

    private static String headline(CompileOutcome outcome) {
        return Logs.text(outcome).lines().findFirst().orElse("");
    }

    /** Asks Kbuild for the commands of objects now, rather than when the first of them is compiled. */
    public void warm(Prepared prepared, List<String> objectPaths) {
        objectPaths.forEach(KernelBuild::checkObject);
        try {
            for (String object : objectPaths) {
                commands.command(prepared, object);
            }
        } catch (IOException e) {
            throw broken("cannot ask Kbuild for commands", e);
        }
    }

    /** Compiles one object of a state over the prepared base. */
    public CompileOutcome compile(Prepared prepared, SourceState state, String objectPath) {
        return compile(prepared, state, objectPath, UnaryOperator.identity());
    }

    /**
     * Compiles one object of x86-64 for what debug information says of it: its calls through pointers go neither through
     * a thunk nor to an operand in memory. It is another object than the kernel's of the same source, with what the kernel
     * itself makes of these calls on a processor that needs no thunk.
     */
    public CompileOutcome compileDescribed(Prepared prepared, SourceState state, String objectPath) {
        return compile(prepared, state, objectPath, CompileCommand::described);
    }

    private CompileOutcome compile(
            Prepared prepared, SourceState state, String objectPath, UnaryOperator<CompileCommand> change) {
        checkObject(objectPath);
        try {
            return switch (locate(prepared, state, objectPath)) {
                case Step.Done<Located> done ->
                    compiler.compile(
                            done.value().view(), change.apply(done.value().command()));
                case Step.Stopped<Located> stopped -> stopped.outcome();
            };
        } catch (IOException | IllegalArgumentException e) {
            return new CompileOutcome.Refused("cannot compile " + objectPath + ": " + e);
        }
    }

    /** The values of the macros whose whole name matches, as the source of an object sees them. */
    public MacroTable macros(Prepared prepared, SourceState state, String objectPath, Pattern names) {
        CompileOutcome compiled = compile(prepared, state, objectPath);
        if (!(compiled instanceof CompileOutcome.Compiled object)) {
            return new MacroTable.Unknown(compiled);
        }
        try {
            return switch (locate(prepared, state, objectPath)) {
                case Step.Done<Located> done ->
                    macros.read(done.value().view(), done.value().command(), object.contentKey(), names);
                case Step.Stopped<Located> stopped -> new MacroTable.Unknown(stopped.outcome());
            };
        } catch (IOException | IllegalArgumentException e) {
            return new MacroTable.Unknown(new CompileOutcome.Refused("cannot read macros: " + e));
        }
    }

    /** Assembles what {@code change} makes of an assembly source after its preprocessing, as Kbuild would the original. */
    public Reassembled reassemble(
            Prepared prepared, SourceState state, String objectPath, UnaryOperator<String> change) {
        CompileOutcome compiled = compile(prepared, state, objectPath);
        if (!(compiled instanceof CompileOutcome.Compiled object)) {
            return new Reassembled.NotMade(compiled);
        }
        try {
            return switch (locate(prepared, state, objectPath)) {
                case Step.Done<Located> done ->
                    reassembler.run(done.value().view(), done.value().command(), object.contentKey(), change);
                case Step.Stopped<Located> stopped -> new Reassembled.NotMade(stopped.outcome());
            };
        } catch (IOException | IllegalArgumentException e) {
            return new Reassembled.NotMade(new CompileOutcome.Refused("cannot assemble again: " + e));
        }
    }

    /** The C source of an object with its macros expanded; nothing if the state has none or it does not get so far. */
    public Optional<String> preprocessed(Prepared prepared, SourceState state, String objectPath) {
        checkObject(objectPath);
        try {
            return switch (locate(prepared, state, objectPath)) {
                case Step.Done<Located> done ->
                    preprocessor.text(done.value().view(), done.value().command());
                case Step.Stopped<Located> stopped -> Optional.empty();
            };
        } catch (IOException e) {
            throw broken("cannot run the preprocessor", e);
        }
    }

    /** Why a state cannot be shown by an overlay and Kbuild must run in a tree of its own; empty if it can. */
    public Optional<String> needsTree(Prepared prepared, SourceState state) {
        try {
            return views.treeReason(prepared, state);
        } catch (IOException e) {
            throw broken("cannot read what the preparation left", e);
        }
    }

    /** How a state's configuration differs from the base's; the state's own tree is made if it needs one. */
    public ConfigDrift drift(Prepared prepared, SourceState state) {
        if (needsTree(prepared, state).isEmpty()) {
            return new ConfigDrift(new TreeMap<>());
        }
        try {
            return switch (views.ownTree(prepared, state)) {
                case Step.Done<View> done ->
                    ConfigDrift.between(
                            prepared.config(), done.value().prepared().config());
                case Step.Stopped<View> stopped ->
                    throw new KernelBuildException(
                            "cannot configure this state: " + headline(stopped.outcome()),
                            prepared.source().toString(),
                            "compile() reports the same as a value",
                            Logs.text(stopped.outcome()));
            };
        } catch (IOException e) {
            throw broken("cannot make a tree", e);
        }
    }

    /**
     * Variations, one option each, around the configuration of {@code prepared}: of the options that the objects read,
     * those that decide what the code that {@code state} changes means, the most telling first.
     */
    public List<Variant> variants(Prepared prepared, SourceState state, List<CompileOutcome.Compiled> objects) {
        Set<String> read = new TreeSet<>();
        SortedSet<String> sources = new TreeSet<>();
        for (CompileOutcome.Compiled object : objects) {
            read.addAll(object.configOptionsRead());
            sources.addAll(object.sourceDeps());
        }
        try {
            return new Variants(prepared).ranked(state, sources, read);
        } catch (IOException e) {
            throw broken("cannot read the sources", e);
        }
    }

    /** What the base configuration of an architecture has unlike its defconfig, and a reader must know. */
    public static List<Peculiarity> peculiarities(Arch arch) {
        return Recipe.peculiarities(arch);
    }

    /** The host tools that building needs, each with the package that has it. */
    public static List<Requirement> check() {
        return HostTools.check();
    }

    private record Located(View view, CompileCommand command) {}

    private Step<Located> locate(Prepared prepared, SourceState state, String objectPath) throws IOException {
        String stem = objectPath.substring(0, objectPath.length() - 2);
        Optional<String> source =
                List.of(stem + ".c", stem + ".S").stream().filter(state::exists).findFirst();
        if (source.isEmpty()) {
            return new Step.Stopped<>(new CompileOutcome.Absent("there is neither " + stem + ".c nor " + stem + ".S"));
        }
        return switch (views.forObject(prepared, state, source.get())) {
            case Step.Stopped<View> stopped -> new Step.Stopped<>(stopped.outcome());
            case Step.Done<View> done -> {
                View view = done.value();
                yield commands.command(view.prepared(), objectPath)
                        .then(command -> new Step.Done<>(new Located(view, command)));
            }
        };
    }

    private static void checkObject(String objectPath) {
        if (!TreePath.check(objectPath).endsWith(".o") || objectPath.startsWith("-")) {
            throw new IllegalArgumentException("not an object's path like kernel/fork.o: " + objectPath);
        }
    }

    private KernelBuildException broken(String what, IOException e) {
        return new KernelBuildException(
                what, cacheDir.toString(), "check that the cache directory is writable and has space: " + e, e);
    }
}
