// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.patchoscope.bot.pipeline.build.StateBuilder;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;
import org.patchoscope.bot.review.Review.Tracing;
import org.patchoscope.bot.review.TracingReport;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.tracing.Traceability;
import org.patchoscope.semantics.tracing.TracingTable;

/** Looks at the trace sites of many objects of one architecture and configuration. */
public final class TracingReviewer {
    /** So many sources are compiled between two lines of progress. */
    private static final int PORTION = 16;

    private final String arch;
    private final String configuration;
    private final StateBuilder builder;
    private final Consumer<String> progress;
    private final TracedObjects objects;

    /** {@code disassembler} reads code of {@code target}, and is left open. */
    public TracingReviewer(
            Target target,
            Disassembler disassembler,
            String configuration,
            StateBuilder builder,
            Consumer<String> progress) {
        this.arch = target.arch();
        this.objects = new TracedObjects(
                o -> new ObjectReader().read(o.name(), o.file()), TracedObjects.lifting(target, disassembler));
        this.configuration = configuration;
        this.builder = builder;
        this.progress = progress;
    }

    /** What the step from {@code before} to {@code after} changes in the objects of {@code sources} and the profile's. */
    public TracingReport.Lane compare(SourceState before, SourceState after, SortedSet<String> sources)
            throws ReviewException {
        Built one = build(before, sources, "before");
        Built two = build(after, sources, "after");
        try {
            return lane(one, two, objects.compare(one, two), List.of());
        } catch (ObjectException e) {
            throw unreadable(e);
        }
    }

    /** Every function of the objects of {@code sources}, and of no others. */
    public TracingReport.Lane list(SourceState state, SortedSet<String> sources) throws ReviewException {
        Built all = build(state, sources, "as it is");
        List<BuiltObject> wanted =
                all.objects().stream().filter(o -> isOf(sources, o.name())).toList();
        Built built = new Built(
                wanted,
                of(sources, all.failures()),
                of(sources, all.leftOut()),
                Map.of(),
                List.of(),
                Map.of(),
                all.sources());
        try {
            List<TracingReport.Function> functions = new ArrayList<>();
            TracingTable.of(objects.state(built))
                    .forEach((object, table) -> table.forEach((name, t) -> functions.add(
                            new TracingReport.Function(name, object, t == Traceability.TRACEABLE, t.text()))));
            int traceable = (int)
                    functions.stream().filter(TracingReport.Function::traceable).count();
            return lane(built, built, Tracing.of(traceable, traceable, List.of(), List.of()), functions);
        } catch (ObjectException e) {
            throw unreadable(e);
        }
    }

    private static boolean isOf(SortedSet<String> sources, String object) {
        String stem = object.substring(0, object.length() - 2);
        return sources.contains(stem + ".c") || sources.contains(stem + ".S");
    }

    private static Map<String, String> of(SortedSet<String> sources, Map<String, String> byObject) {
        Map<String, String> some = new TreeMap<>(byObject);
        some.keySet().removeIf(o -> !isOf(sources, o));
        return some;
    }

    private TracingReport.Lane lane(
            Built before, Built after, Tracing tracing, List<TracingReport.Function> functions) {
        TreeMap<String, String> failures = new TreeMap<>(before.failures());
        failures.putAll(after.failures());
        return new TracingReport.Lane(
                arch,
                configuration,
                after.objects().size(),
                after.leftOut().keySet().stream().sorted().toList(),
                failures.entrySet().stream()
                        .map(f -> f.getKey() + ": " + f.getValue())
                        .toList(),
                tracing,
                functions);
    }

    private Built build(SourceState state, SortedSet<String> sources, String which) {
        List<String> all = List.copyOf(sources);
        Map<String, BuiltObject> built = new TreeMap<>();
        Map<String, String> failures = new TreeMap<>();
        Map<String, String> leftOut = new TreeMap<>();
        Built last = new Built(List.of(), Map.of(), Map.of(), Map.of(), List.of());
        for (int from = 0; from == 0 || from < all.size(); from += PORTION) {
            int to = Math.min(all.size(), from + PORTION);
            progress.accept(arch + " " + configuration + ", " + which + ": compiling " + to + " of " + all.size());
            last = builder.build(state, new TreeSet<>(all.subList(from, to)));
            last.objects().forEach(o -> built.put(o.name(), o));
            failures.putAll(last.failures());
            leftOut.putAll(last.leftOut());
        }
        return new Built(
                List.copyOf(built.values()), failures, leftOut, last.macros(), last.notes(), Map.of(), last.sources());
    }

    private static ReviewException unreadable(ObjectException e) {
        return new ReviewException(String.valueOf(e.getMessage()), "an object", "report this as a defect");
    }
}
