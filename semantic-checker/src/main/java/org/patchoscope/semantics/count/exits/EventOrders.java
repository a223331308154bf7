// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.config.EntryEvents;
import org.patchoscope.config.EntryEvents.EventPath;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.config.EntryPaths.NamedPath;
import org.patchoscope.semantics.count.concrete.AddressSpace;
import org.patchoscope.semantics.count.concrete.BootedCode;
import org.patchoscope.semantics.count.concrete.CellReader;
import org.patchoscope.semantics.count.concrete.CellValues;
import org.patchoscope.semantics.count.concrete.TaskMemory;
import org.patchoscope.semantics.count.concrete.Uncounted;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.trace.Event;

/**
 * The order in which an entry shows events to the outside, found by executing each path of the table once per processor of
 * the profile. It is exact for what the table and the profile say; what they leave open is not known, with what it depends on.
 */
public final class EventOrders {
    private final Program program;
    private final Target target;
    private final Map<String, Long> macros;
    private final EntryEvents table;
    private final AddressSpace space;
    private final Layout layout;

    /**
     * For one state of a tree.
     *
     * @param macros values of the tree's flags, THREAD_SIZE and CPU feature numbers
     */
    public EventOrders(Program program, Target target, Map<String, Long> macros, EntryEvents table) {
        this.program = program;
        this.target = target;
        this.macros = Map.copyOf(macros);
        this.table = table;
        this.space = new AddressSpace(program.objects());
        this.layout = new Layout(program.debug());
    }

    /** The orders of all paths of the table, in its order; {@code profile} is the profile's entry of the table's name. */
    public List<EventOrder> of(EntryPaths profile) {
        EntryPaths entry = extended(profile);
        return table.paths().stream()
                .map(p -> new EventOrder(p.name(), order(entry, p)))
                .toList();
    }

    /**
     * Events that none of the objects can show: nothing refers to their functions or keys. Whether the configuration or the
     * code is why is not known.
     */
    public List<String> missing() {
        Set<String> names = new HashSet<>(Set.of(Event.THROUGH_POINTER));
        for (ObjectFile o : program.objects()) {
            names.addAll(o.symbols().keySet());
            o.keys().values().forEach(site -> names.add(variable(site)));
        }
        return table.events().stream()
                .filter(e ->
                        Stream.concat(e.functions().stream(), e.keys().stream()).noneMatch(names::contains))
                .map(EntryEvents.Event::name)
                .toList();
    }

    /** The variable that a site's key is, or is a member of. */
    static String variable(ObjectFile.StaticKeySite site) {
        int plus = site.key().indexOf('+');
        return plus < 0 ? site.key() : site.key().substring(0, plus);
    }

    /** What is followed has no end but the exit, and functions of events are not followed. */
    private EntryPaths extended(EntryPaths p) {
        List<String> outside = Stream.of(
                        p.outside().stream(),
                        table.outside().stream(),
                        table.events().stream().flatMap(e -> e.functions().stream()))
                .flatMap(s -> s)
                .distinct()
                .toList();
        return new EntryPaths(
                p.name(),
                joined(p.registers(), table.registers()),
                p.systemRegisters(),
                p.currentTask(),
                p.stacks(),
                outside,
                joined(p.cells(), table.cells()),
                joined(p.answers(), table.answers()),
                List.of(),
                p.cpus().stream()
                        .filter(c -> BootedCode.isOf(program, c))
                        .map(this::withKeys)
                        .toList(),
                List.of());
    }

    private Cpu withKeys(Cpu c) {
        return new Cpu(
                c.name(),
                c.text(),
                c.entry(),
                c.features(),
                c.callbacks(),
                joined(c.staticKeys(), keys()),
                c.returnThunk(),
                c.variables());
    }

    /** The table's keys as this program's sites name them. */
    private Map<String, Boolean> keys() {
        Map<String, Boolean> keys = new HashMap<>();
        for (ObjectFile o : program.objects()) {
            for (ObjectFile.StaticKeySite site : o.keys().values()) {
                if (table.staticKeys().get(variable(site)) instanceof Boolean enabled) {
                    keys.put(site.key(), enabled);
                }
            }
        }
        return keys;
    }

    private static <V> Map<String, V> joined(Map<String, V> first, Map<String, V> second) {
        Map<String, V> all = new HashMap<>(first);
        all.putAll(second);
        return all;
    }

    private EventOrder.Result order(EntryPaths entry, EventPath path) {
        try {
            List<EventOrder.Seen> seen = new ArrayList<>();
            for (Cpu cpu : entry.cpus()) {
                seen.add(walk(entry, path, cpu));
            }
            EventOrder.Seen first = seen.getFirst();
            return seen.stream().allMatch(first::equals)
                    ? first
                    : new EventOrder.NotSeen("it is not the same on every processor of the profile");
        } catch (Uncounted e) {
            return new EventOrder.NotSeen(e.reason());
        }
    }

    private EventOrder.Seen walk(EntryPaths entry, EventPath path, Cpu cpu) {
        NamedPath named =
                new NamedPath(path.name(), path.text(), Map.of(), Map.of(), Map.of(), path.answers(), List.of());
        CellValues conditions = CellValues.of(entry, named, layout, macros);
        BootedCode code = BootedCode.of(program, target, cpu, macros);
        TaskMemory task = new TaskMemory(program.exprs(), space, program.debug(), macros);
        CellReader cells = new CellReader(layout, macros);
        return new EventWalk(program, target.abi(), entry, cpu, conditions, code, task, table, path, cells).events();
    }
}
