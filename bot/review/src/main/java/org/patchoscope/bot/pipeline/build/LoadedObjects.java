// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;

/** Objects as the simulator sees them, each read once. Safe for several threads. */
public final class LoadedObjects {
    /** A state is the end of one patch and the start of the next; two comparisons go on at a time. */
    private static final int MOST_STATES = 8;

    public record Loaded(ObjectFile object, DebugInfo debug) {}

    /** All objects of a state, with what their debug information says together. */
    public record LoadedState(List<ObjectFile> objects, DebugInfo debug) {
        public LoadedState {
            objects = List.copyOf(objects);
        }
    }

    private final DebugInfoReader debugInfo;
    private final Map<String, Loaded> loaded = new HashMap<>();
    private final Map<List<String>, LoadedState> states = new LinkedHashMap<>();

    public LoadedObjects(DebugInfoReader debugInfo) {
        this.debugInfo = debugInfo;
    }

    public synchronized Loaded of(BuiltObject o) throws ObjectException {
        String key = key(o);
        Loaded known = loaded.get(key);
        if (known == null) {
            known = new Loaded(new ObjectReader().read(o.name(), o.file()), debugInfo.read(o.file()));
            loaded.put(key, known);
        }
        return known;
    }

    public synchronized LoadedState of(Built built) throws ObjectException {
        List<String> key = built.objects().stream().map(LoadedObjects::key).toList();
        LoadedState known = states.get(key);
        if (known == null) {
            known = load(built);
            states.put(key, known);
            if (states.size() > MOST_STATES) {
                states.remove(states.keySet().iterator().next());
            }
        }
        return known;
    }

    private LoadedState load(Built built) throws ObjectException {
        List<ObjectFile> objects = new ArrayList<>();
        DebugInfo debug = DebugInfo.none();
        for (BuiltObject o : built.objects()) {
            Loaded l = of(o);
            objects.add(l.object());
            debug = debug.and(l.debug());
        }
        return new LoadedState(objects, debug);
    }

    private static String key(BuiltObject o) {
        return o.name() + " " + o.key();
    }

    /** Lets go of what was read; it is read again where it is asked for again. */
    public synchronized void forget() {
        loaded.clear();
        states.clear();
    }
}
