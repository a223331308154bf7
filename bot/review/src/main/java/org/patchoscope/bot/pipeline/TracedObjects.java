// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;
import org.patchoscope.bot.review.Review.Tracing;
import org.patchoscope.bot.review.Review.TracingChange;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.tracing.Declarations;
import org.patchoscope.semantics.tracing.Instrumentation;
import org.patchoscope.semantics.tracing.NoinstrCall;
import org.patchoscope.semantics.tracing.NoinstrChange;
import org.patchoscope.semantics.tracing.Traceability;
import org.patchoscope.semantics.tracing.TracingComparison;

/** Says in words what the function tracer can be attached to before and after. */
final class TracedObjects {
    /** Gives an object's content. */
    @FunctionalInterface
    interface Reader {
        ObjectFile read(BuiltObject object) throws ObjectException;
    }

    private final Reader reader;
    private final Function<List<ObjectFile>, Instrumentation> instrumentation;

    /** {@code instrumentation} finds where the code of a state may be instrumented. */
    TracedObjects(Reader reader, Function<List<ObjectFile>, Instrumentation> instrumentation) {
        this.reader = reader;
        this.instrumentation = instrumentation;
    }

    /** Finds it by lifting code with {@code disassembler}. */
    static Function<List<ObjectFile>, Instrumentation> lifting(Target target, Disassembler disassembler) {
        return objects ->
                new Instrumentation(new Program(objects, DebugInfo.none(), target.lifter(disassembler), new Exprs()));
    }

    Tracing compare(Built before, Built after) throws ObjectException {
        List<ObjectFile> older = read(before);
        List<ObjectFile> newer = read(after);
        TracingComparison.State one = state(before, older);
        TracingComparison.State two = state(after, newer);
        TracingComparison comparison = new TracingComparison(one, two);
        List<org.patchoscope.semantics.tracing.TracingChange> changes = comparison.changes();
        Instrumentation now = instrumentation.apply(newer);
        NoinstrChange.Result noinstr = leaving(before, older, after, newer, now);
        return new Tracing(
                one.traceable(),
                two.traceable(),
                changes.stream().map(TracedObjects::change).toList(),
                calls(comparison.calls(changes), now),
                said(noinstr.certain()),
                said(noinstr.moved()),
                byCaller(noinstr.unmarked()));
    }

    private List<ObjectFile> read(Built built) throws ObjectException {
        List<ObjectFile> objects = new ArrayList<>();
        for (BuiltObject o : built.objects()) {
            objects.add(reader.read(o));
        }
        return objects;
    }

    private NoinstrChange.Result leaving(
            Built before, List<ObjectFile> older, Built after, List<ObjectFile> newer, Instrumentation now) {
        Map<String, String> keys = before.keys();
        Set<String> same = after.objects().stream()
                .filter(o -> o.key().equals(keys.get(o.name())))
                .map(BuiltObject::name)
                .collect(Collectors.toSet());
        return NoinstrChange.of(older, instrumentation.apply(older), newer, now, o -> !same.contains(o.name()));
    }

    /** One line a call; what the compiler made several of is one. */
    private static List<String> said(List<Instrumentation.Call> calls) {
        return calls.stream()
                .map(c -> c.caller() + "() (" + c.object() + ") calls " + callee(c))
                .distinct()
                .toList();
    }

    /** One line a caller. */
    private static List<String> byCaller(List<Instrumentation.Call> calls) {
        Map<String, SortedSet<String>> all = new TreeMap<>();
        calls.forEach(c -> all.computeIfAbsent(c.caller() + "() (" + c.object() + ")", k -> new TreeSet<>())
                .add(callee(c)));
        List<String> lines = new ArrayList<>();
        all.forEach((caller, callees) -> lines.add(caller + " calls " + String.join(", ", callees)));
        return lines;
    }

    private static String callee(Instrumentation.Call c) {
        return c.where() == Instrumentation.Callee.BEHIND_POINTER ? "through a pointer" : c.callee() + "()";
    }

    /** The objects of one state, with declarations on demand. */
    TracingComparison.State state(Built built) throws ObjectException {
        return state(built, read(built));
    }

    private static TracingComparison.State state(Built built, List<ObjectFile> objects) {
        Map<String, Declarations> known = new HashMap<>();
        return TracingComparison.State.of(
                objects,
                o -> known.computeIfAbsent(
                        o,
                        name -> built.sources()
                                .preprocessed(name)
                                .map(Declarations::new)
                                .orElseGet(Declarations::none)));
    }

    private static TracingChange change(org.patchoscope.semantics.tracing.TracingChange c) {
        TracingChange.Turn kind = c.after() == Traceability.TRACEABLE
                ? c.becomes() ? TracingChange.Turn.BECOMES_TRACEABLE : TracingChange.Turn.ADDED
                : c.stops() ? TracingChange.Turn.STOPS_BEING_TRACEABLE : TracingChange.Turn.REMOVED;
        return new TracingChange(
                c.function(), c.object(), c.before().text(), c.after().text(), kind);
    }

    /** One line a caller, without the places where it is known to be allowed. */
    private static List<String> calls(List<NoinstrCall> calls, Instrumentation now) {
        if (calls.isEmpty()) {
            return List.of();
        }
        Map<String, SortedSet<String>> byCaller = new TreeMap<>();
        now.notAllowed(calls)
                .forEach(c -> byCaller.computeIfAbsent(c.caller() + "() (" + c.object() + ")", k -> new TreeSet<>())
                        .add(c.callee() + "()"));
        String open =
                now.known() ? "" : " (right where instrumentation_begin() allows it, which these objects do not say)";
        List<String> lines = new ArrayList<>();
        byCaller.forEach((caller, callees) -> lines.add(caller + " calls " + String.join(", ", callees) + open));
        return lines;
    }
}
