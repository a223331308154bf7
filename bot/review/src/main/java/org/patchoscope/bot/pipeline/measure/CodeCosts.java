// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.pipeline.build.LoadedObjects;
import org.patchoscope.bot.pipeline.build.StateBuilder;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;
import org.patchoscope.bot.pipeline.build.StateBuilder.Marked;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.CodeCounts.LineCount;
import org.patchoscope.bot.review.CodeCounts.MacroCount;
import org.patchoscope.bot.review.ExitComparison;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.semantics.count.assembly.AssemblyCount;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Counted;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Macro;
import org.patchoscope.semantics.count.assembly.AssemblyCount.NotCounted;
import org.patchoscope.semantics.count.assembly.AssemblyCounter;
import org.patchoscope.semantics.count.concrete.CycleModel;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectReader;

/** Sizes of functions, and counts of assembly sources by line and macro, before and after. */
public final class CodeCosts {
    /** A state, how it was built and what came out. */
    public record Side(SourceState state, StateBuilder builder, Built built) {
        @Nullable
        BuiltObject object(String name) {
            return built.objects().stream()
                    .filter(o -> o.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Finds how entries leave the kernel, given the objects that are made of assembly. */
    public interface Exits {
        List<ExitComparison> of(Set<String> assembly) throws ObjectException;
    }

    private final AssemblyCounter counter;
    private final CycleModel model;
    private final LoadedObjects loaded;
    private final List<MacroCount> macros = new ArrayList<>();
    private final List<Count> cycles = new ArrayList<>();
    private final List<LineCount> lines = new ArrayList<>();
    private final List<String> notCounted = new ArrayList<>();
    /** Whether an object made of assembly has other code than before. */
    private boolean differ;

    private CodeCosts(Disassembler disassembler, CycleModel model, LoadedObjects loaded) {
        this.model = model;
        this.counter = new AssemblyCounter(disassembler);
        this.loaded = loaded;
    }

    /** The counts of the objects that differ. */
    public static CodeCounts compare(
            Side before, Side after, Disassembler disassembler, CycleModel model, LoadedObjects loaded, Exits exits)
            throws ObjectException {
        if (keys(before).equals(keys(after))) {
            return CodeCounts.none();
        }
        CodeCosts costs = new CodeCosts(disassembler, model, loaded);
        TreeSet<String> names = new TreeSet<>();
        before.built().objects().forEach(o -> names.add(o.name()));
        after.built().objects().forEach(o -> names.add(o.name()));
        Map<String, Long> old = new TreeMap<>();
        Map<String, Long> now = new TreeMap<>();
        for (String name : names) {
            BuiltObject one = before.object(name);
            BuiltObject two = after.object(name);
            costs.sizes(one, old);
            costs.sizes(two, now);
            boolean failed = before.built().failures().containsKey(name)
                    || after.built().failures().containsKey(name);
            if (!failed && (one == null || two == null || !one.key().equals(two.key()))) {
                costs.assembly(name, one, two, before, after);
            }
        }
        costs.macros.sort(Comparator.comparing(MacroCount::changed).reversed());
        return new CodeCounts(
                sizes(old, now),
                costs.macros,
                costs.cycles,
                costs.lines,
                costs.notCounted,
                costs.differ ? exits.of(assembly(before, after)) : List.of());
    }

    private static String source(String object) {
        return object.substring(0, object.length() - 1) + "S";
    }

    private static Set<String> assembly(Side before, Side after) {
        return Stream.of(before, after)
                .flatMap(s -> s.built().objects().stream())
                .filter(o -> o.sources().contains(source(o.name())))
                .map(BuiltObject::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> keys(Side side) {
        return side.built().objects().stream().collect(Collectors.toMap(BuiltObject::name, BuiltObject::key));
    }

    private void sizes(@Nullable BuiltObject o, Map<String, Long> into) throws ObjectException {
        if (o != null) {
            loaded.of(o).object().functions().values().forEach(f -> into.merge(f.name(), f.size(), Long::sum));
        }
    }

    private static CodeCounts.Sizes sizes(Map<String, Long> old, Map<String, Long> now) {
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<Count> changed = names.stream()
                .map(n -> new Count(
                        n, "bytes", Math.toIntExact(old.getOrDefault(n, 0L)), Math.toIntExact(now.getOrDefault(n, 0L))))
                .filter(c -> c.before() != c.after())
                .toList();
        return new CodeCounts.Sizes(changed, total(old), total(now));
    }

    private static long total(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private void assembly(String name, @Nullable BuiltObject one, @Nullable BuiltObject two, Side before, Side after)
            throws ObjectException {
        String source = source(name);
        boolean from = one != null && one.sources().contains(source);
        boolean to = two != null && two.sources().contains(source);
        if (!from && !to) {
            return;
        }
        if (one != null
                && two != null
                && AssemblyCounter.sameCode(
                        loaded.of(one).object(), loaded.of(two).object())) {
            return;
        }
        differ = true;
        AssemblyCount old = count(name, from ? one : null, before);
        AssemblyCount now = count(name, to ? two : null, after);
        if (old instanceof Counted a && now instanceof Counted b) {
            macros(name, a, b);
            lines.addAll(AssemblyLines.compare(before.state(), a, after.state(), b));
        } else {
            notCounted.add(source + ": " + (old instanceof NotCounted n ? n : (NotCounted) now).reason());
        }
    }

    /** The counts of an object; none of its own has one that is not there. */
    private AssemblyCount count(String name, @Nullable BuiltObject o, Side side) throws ObjectException {
        if (o == null) {
            return new Counted(List.of(), new TreeMap<>());
        }
        return switch (side.builder().marked(side.state(), name)) {
            case Marked.NotMade n -> new NotCounted(n.why());
            case Marked.Made m ->
                counter.count(loaded.of(o).object(), new ObjectReader().read(name, m.object()), m.source());
        };
    }

    private void macros(String object, Counted old, Counted now) {
        TreeSet<String> names = new TreeSet<>(old.macros().keySet());
        names.addAll(now.macros().keySet());
        for (String n : names) {
            Macro a = old.macros().getOrDefault(n, Macro.unused(n));
            Macro b = now.macros().getOrDefault(n, Macro.unused(n));
            MacroCount count = new MacroCount(
                    object,
                    n,
                    a.total().instructions(),
                    b.total().instructions(),
                    a.times(),
                    b.times(),
                    a.text(),
                    b.text(),
                    a.total().change(b.total()),
                    b.times() > 0 ? b.functions() : a.functions());
            macros.add(count);
            if (count.changed()) {
                cycles(a, b);
            }
        }
    }

    /** The estimates of one expansion, where there are any of both. */
    private void cycles(Macro old, Macro now) {
        OptionalInt before = model.cycles(old.code());
        OptionalInt after = model.cycles(now.code());
        if (before.isPresent() && after.isPresent() && before.getAsInt() != after.getAsInt()) {
            cycles.add(new Count(now.name(), "cycles on " + model.cpu(), before.getAsInt(), after.getAsInt()));
        }
    }
}
