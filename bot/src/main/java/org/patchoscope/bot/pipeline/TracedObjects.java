// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.bot.pipeline.StateBuilder.Built;
import org.patchoscope.bot.pipeline.StateBuilder.BuiltObject;
import org.patchoscope.bot.review.Review.Tracing;
import org.patchoscope.bot.review.Review.TracingChange;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.tracing.Declarations;
import org.patchoscope.semantics.tracing.NoinstrCall;
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

    TracedObjects(Reader reader) {
        this.reader = reader;
    }

    Tracing compare(Built before, Built after) throws ObjectException {
        TracingComparison.State one = state(before);
        TracingComparison.State two = state(after);
        TracingComparison comparison = new TracingComparison(one, two);
        List<org.patchoscope.semantics.tracing.TracingChange> changes = comparison.changes();
        return new Tracing(
                one.traceable(),
                two.traceable(),
                changes.stream().map(TracedObjects::change).toList(),
                comparison.calls(changes).stream().map(TracedObjects::call).toList());
    }

    /** The objects of one state, with declarations on demand. */
    TracingComparison.State state(Built built) throws ObjectException {
        List<ObjectFile> objects = new ArrayList<>();
        for (BuiltObject o : built.objects()) {
            objects.add(reader.read(o));
        }
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

    private static String call(NoinstrCall c) {
        return c.callee() + "() is called in " + c.caller() + "()+0x" + Long.toHexString(c.offset()) + " (" + c.object()
                + ")";
    }
}
