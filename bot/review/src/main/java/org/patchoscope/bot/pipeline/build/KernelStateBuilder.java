// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.count.assembly.MarkedAssembly;
import org.patchoscope.semantics.environment.FeatureNames;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.Reassembled;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.MacroTable;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.layout.KernelStack;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.object.UndescribedCalls;

/** Builds states of a kernel tree with Kbuild's commands. */
public final class KernelStateBuilder implements StateBuilder {
    private static final String MACROS = "THREAD_SIZE|" + KernelStack.PADDING + "|" + FeatureNames.MACROS;

    private final KernelBuild build;
    private final Prepared prepared;
    private final ArchProfile profile;
    private final Arch arch;
    private final int jobs;
    private final Pattern macros;
    private final Map<String, Boolean> undescribed = new ConcurrentHashMap<>();

    public KernelStateBuilder(KernelBuild build, Prepared prepared, ArchProfile profile, Arch arch, int jobs) {
        this.build = build;
        this.prepared = prepared;
        this.profile = profile;
        this.arch = arch;
        this.jobs = jobs;
        this.macros = Pattern.compile(MACROS + flags(profile) + counted(profile));
    }

    /** The macros that name flags, as further alternatives of a pattern. */
    private static String flags(ArchProfile profile) {
        return profile.flagNames().stream()
                .map(f -> "|" + Pattern.quote(f.prefix()) + "\\w+")
                .collect(Collectors.joining());
    }

    /** The macros that counts of paths need, as further alternatives of a pattern. */
    private static String counted(ArchProfile profile) {
        return Stream.concat(
                        profile.paths().stream().flatMap(e -> e.macros().stream()),
                        new Profiles().events().macros().stream())
                .distinct()
                .map(m -> "|" + m)
                .collect(Collectors.joining());
    }

    @Override
    public Built build(SourceState state, SortedSet<String> touched) {
        Set<String> names = objects(touched);
        build.warm(prepared, List.copyOf(names));
        Map<String, CompileOutcome> outcomes = compileAll(state, names);
        List<BuiltObject> objects = new ArrayList<>();
        Map<String, String> failures = new TreeMap<>();
        Map<String, String> leftOut = new TreeMap<>();
        outcomes.forEach((name, outcome) -> {
            switch (outcome) {
                case CompileOutcome.Compiled c -> objects.add(object(name, c));
                case CompileOutcome.Failed f -> failures.put(name, f.firstError());
                case CompileOutcome.Absent a -> {}
                case CompileOutcome.NotIncluded n -> leftOut.put(name, n.why());
                case CompileOutcome.LimitExceeded l -> failures.put(name, "exceeded the limit of " + l.which());
                case CompileOutcome.Refused r -> failures.put(name, r.why());
            }
        });
        List<String> notes = new ArrayList<>();
        build.drift(prepared, state)
                .changes()
                .forEach((option, change) -> notes.add("with the patch the same settings give another configuration: "
                        + option + "=" + change.after() + ", before it was " + change.before()));
        return new Built(
                objects,
                failures,
                leftOut,
                macros(state),
                notes,
                described(state, objects),
                o -> build.preprocessed(prepared, state, o));
    }

    /** Once more, the objects of which debug information does not say what all calls through pointers pass. */
    private Map<String, BuiltObject> described(SourceState state, List<BuiltObject> objects) {
        Set<String> names = objects.stream()
                .filter(o -> arch == Arch.X86_64 && undescribed.computeIfAbsent(o.key(), k -> isUndescribed(o)))
                .map(BuiltObject::name)
                .collect(Collectors.toSet());
        Map<String, BuiltObject> described = new TreeMap<>();
        all(names, n -> build.compileDescribed(prepared, state, n)).forEach((name, outcome) -> {
            if (outcome instanceof CompileOutcome.Compiled c) {
                described.put(name, object(name, c));
            }
        });
        return described;
    }

    private static boolean isUndescribed(BuiltObject o) {
        try {
            boolean compiled =
                    o.sources().contains(o.name().substring(0, o.name().length() - 2) + ".c");
            return compiled && UndescribedCalls.mayBeIn(new ObjectReader().read(o.name(), o.file()));
        } catch (ObjectException e) {
            return false; // the comparison says so of the same object
        }
    }

    private static BuiltObject object(String name, CompileOutcome.Compiled c) {
        return new BuiltObject(name, c.object(), c.contentKey(), Set.copyOf(c.sourceDeps()));
    }

    @Override
    public Marked marked(SourceState state, String object) {
        boolean x86 = arch == Arch.X86_64;
        Reassembled made = build.reassemble(
                prepared, state, object, text -> MarkedAssembly.of(text, x86).text());
        return switch (made) {
            case Reassembled.Made m -> new Marked.Made(m.object(), MarkedAssembly.of(m.preprocessed(), x86));
            case Reassembled.NotMade n -> new Marked.NotMade("with marks at its macros it does not assemble");
        };
    }

    /** Variations of this configuration by options that the code which {@code state} changes reads, best first. */
    public List<Variant> variants(SourceState state, SortedSet<String> touched) {
        Set<String> changed = Set.copyOf(touched);
        List<CompileOutcome.Compiled> compiled = compileAll(state, objects(touched)).values().stream()
                .filter(CompileOutcome.Compiled.class::isInstance)
                .map(CompileOutcome.Compiled.class::cast)
                .filter(c -> c.sourceDeps().stream().anyMatch(changed::contains))
                .toList();
        return build.variants(prepared, state, compiled);
    }

    /** Options, with their prefix, that the objects of {@code state} read. */
    public Set<String> options(SourceState state, SortedSet<String> touched) {
        return compileAll(state, objects(touched)).values().stream()
                .filter(CompileOutcome.Compiled.class::isInstance)
                .flatMap(c -> ((CompileOutcome.Compiled) c).configOptionsRead().stream())
                .map(o -> o.startsWith("CONFIG_") ? o : "CONFIG_" + o)
                .collect(Collectors.toSet());
    }

    private Map<String, CompileOutcome> compileAll(SourceState state, Set<String> names) {
        return all(names, n -> build.compile(prepared, state, n));
    }

    private Map<String, CompileOutcome> all(Set<String> names, Function<String, CompileOutcome> compile) {
        Map<String, CompileOutcome> outcomes = new LinkedHashMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(jobs)) {
            Map<String, Future<CompileOutcome>> running = new LinkedHashMap<>();
            names.forEach(n -> running.put(n, pool.submit(() -> compile.apply(n))));
            for (Map.Entry<String, Future<CompileOutcome>> e : running.entrySet()) {
                outcomes.put(e.getKey(), e.getValue().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; a second run goes on from the cache", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw new IllegalStateException(e.getCause());
        }
        return outcomes;
    }

    private Map<String, Long> macros(SourceState state) {
        return switch (build.macros(prepared, state, "arch/" + arch.sourceDir() + "/kernel/ptrace.o", macros)) {
            case MacroTable.Values v -> v.values();
            case MacroTable.Unknown u -> Map.of();
        };
    }

    private Set<String> objects(SortedSet<String> touched) {
        Set<String> all = new LinkedHashSet<>(profile.objects());
        for (String path : touched) {
            boolean source = path.endsWith(".c") || path.endsWith(".S");
            boolean foreign = path.startsWith("arch/") && !path.startsWith("arch/" + arch.sourceDir() + "/");
            boolean kernelCode = !path.startsWith("tools/") && !path.startsWith("samples/") && !path.contains("/vdso/");
            if (source && !foreign && kernelCode) {
                all.add(path.substring(0, path.length() - 2) + ".o");
            }
        }
        return all;
    }
}
