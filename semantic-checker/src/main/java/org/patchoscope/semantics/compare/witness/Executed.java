// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.trace.PlaceOfEvent;

/**
 * The code that one run executed, by functions of the source: inlined ones count as they do in the source, by debug information.
 */
public final class Executed {
    private final DebugInfo debug;
    private final Set<Location> places = new LinkedHashSet<>();
    private final List<PlaceOfEvent> events = new ArrayList<>();
    private final List<Integer> before = new ArrayList<>();

    Executed(DebugInfo debug) {
        this.debug = debug;
    }

    void instruction(Location place) {
        places.add(place);
    }

    void event(PlaceOfEvent place) {
        events.add(place);
        before.add(places.size());
    }

    /** Every function of which it executed an instruction. */
    public Set<String> functions() {
        return functions(places.size());
    }

    /** The same up to the event with that index. */
    public Set<String> functionsUpTo(int event) {
        return functions(event < before.size() ? before.get(event) : places.size());
    }

    private Set<String> functions(int first) {
        Set<String> names = new LinkedHashSet<>();
        places.stream().limit(first).forEach(p -> names.addAll(at(p, p.offset())));
        return names;
    }

    /** Active functions where the event with that index happens, the outermost first; none if there is no such event. */
    public List<String> stack(int event) {
        if (event >= events.size()) {
            return List.of();
        }
        PlaceOfEvent place = events.get(event);
        List<String> names = new ArrayList<>();
        // What a call goes back to may be of another function already: the call itself is right before it.
        place.calls().forEach(c -> names.addAll(at(c, c.offset() - 1)));
        names.addAll(at(place.pc(), place.pc().offset()));
        return List.copyOf(names);
    }

    private List<String> at(Location place, long offset) {
        return place.object()
                .functionAt(place.section(), offset)
                .map(f -> {
                    List<String> names = new ArrayList<>(List.of(f.name()));
                    names.addAll(debug.inlinedAt(f.name(), offset - f.offset()));
                    return names;
                })
                .orElse(new ArrayList<>());
    }
}
