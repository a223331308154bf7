// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.config.EntryEvents;
import org.patchoscope.config.EntryEvents.Event;
import org.patchoscope.config.EntryEvents.EventPath;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.count.concrete.BootedCode;
import org.patchoscope.semantics.count.concrete.CellReader;
import org.patchoscope.semantics.count.concrete.CellValues;
import org.patchoscope.semantics.count.concrete.PathRun;
import org.patchoscope.semantics.count.concrete.TaskMemory;
import org.patchoscope.semantics.count.concrete.Uncounted;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;

/** A walk that writes down the events of a table, and changes flags as events do. */
final class EventWalk extends PathRun {
    private final EntryEvents table;
    private final EventPath path;
    private final CellReader cells;
    private final Cpu cpu;
    private final TaskMemory task;
    private final Map<String, Event> byFunction = new HashMap<>();
    private final Map<String, Event> byKey = new HashMap<>();
    private final Set<String> flags = new TreeSet<>();
    private final List<EventOrder.Step> events = new ArrayList<>();
    private final Set<String> others = new LinkedHashSet<>();
    private final Set<ObjectFile> followed = Collections.newSetFromMap(new IdentityHashMap<>());

    /** {@code cpu} has the table's static keys, and {@code entry} what it adds to the profile. */
    EventWalk(
            Program program,
            Abi abi,
            EntryPaths entry,
            Cpu cpu,
            CellValues conditions,
            BootedCode code,
            TaskMemory task,
            EntryEvents table,
            EventPath path,
            CellReader cells) {
        super(program, abi, entry, cpu, conditions, code, task);
        this.table = table;
        this.path = path;
        this.cells = cells;
        this.cpu = cpu;
        this.task = task;
        for (Event e : table.events()) {
            e.functions().forEach(f -> byFunction.put(f, e));
            e.keys().forEach(k -> byKey.put(k, e));
        }
    }

    /** What the path shows. */
    EventOrder.Seen events() {
        run();
        return new EventOrder.Seen(List.copyOf(flags), events, List.copyOf(others), uncertain());
    }

    private List<String> uncertain() {
        return table.events().stream()
                .filter(e -> e.functions().stream().anyMatch(this::mayBeInlined))
                .map(Event::name)
                .toList();
    }

    /** Only where it is defined beside code that was followed, and debug information does not say that it is not. */
    private boolean mayBeInlined(String function) {
        DebugInfo debug = program.debug();
        DebugInfo.Prototype known = debug.prototypes().get(function);
        return followed.stream().anyMatch(o -> o.functions().containsKey(function))
                && (known == null || !known.defined() || debug.inlined().contains(function));
    }

    @Override
    public void start() {
        super.start();
        table.variables()
                .forEach((variable, members) -> members.forEach((member, value) -> cells.offset(member)
                        .ifPresent(o -> memory.store(task.variable(variable) + o, x.constant(value, 64)))));
        path.flags().forEach(this::set);
    }

    /** Flags are set in this tree's places, and there must be one. */
    private void set(String name) {
        EntryEvents.Flag flag = table.flag(name);
        List<CellReader.Bit> bits = cells.bits(flag.bits());
        if (bits.isEmpty()) {
            throw new Uncounted("the tree has none of " + String.join(", ", CellReader.words(flag.bits())));
        }
        bits.forEach(b -> flags.add(b.name().replaceFirst("^" + EntryPaths.BIT, "") + " in " + b.cell()));
        bits.forEach(b -> change(b.value(), b.value().value()));
        cells.bits(flag.with()).forEach(b -> change(b.value(), b.value().value()));
    }

    private void clear(String name) {
        cells.bits(table.flag(name).bits()).forEach(b -> change(b.value(), 0));
    }

    /** Gives the bits of {@code place} the value that they have in {@code value}. */
    private void change(CellValues.Value place, long value) {
        long address = task.start() + place.offset();
        int width = place.size() * 8;
        Expr kept = x.binary(BinaryOp.AND, memory.load(address, width), x.constant(~place.value(), width));
        memory.store(address, x.or(kept, x.constant(value, width)));
    }

    @Override
    public void executed(Lifted i, Location place) {
        super.executed(i, place);
        followed.add(place.object());
        ObjectFile.StaticKeySite site =
                place.object().keys().get(new ObjectFile.Place(place.section(), place.offset()));
        if (site != null && cpu.staticKeys().getOrDefault(site.key(), false)) {
            String key = EventOrders.variable(site);
            if (byKey.get(key) instanceof Event e) {
                record(e, key);
            }
        }
    }

    @Override
    public void called(String name) {
        super.called(name);
        Event event = byFunction.get(name);
        if (event != null) {
            record(event, name);
        } else if (!table.outside().contains(name)) {
            others.add(name);
        }
    }

    private void record(Event event, String by) {
        events.add(new EventOrder.Step(event.name(), by));
        event.sets().forEach(this::set);
        event.clears().forEach(this::clear);
        for (EntryEvents.Change c : path.changes()) {
            if (c.event().equals(event.name())) {
                c.sets().forEach(this::set);
                c.clears().forEach(this::clear);
            }
        }
    }
}
