// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an entry shows to the outside on its way, and when: one table for all architectures, so that what is set beside
 * each other is the same by construction. Cells and macros are written as in {@link EntryPaths}.
 *
 * @param entry the name of the profiles' entry that is followed
 * @param reference the architecture that the others are set against
 * @param events what is looked for
 * @param flags what asks for events, under one name wherever a tree keeps it
 * @param outside functions that are not followed even where the objects define them, besides those of events
 * @param staticKeys keys that are not in their initial state, by the variable that they are or are in
 * @param registers what user mode has in registers besides those of the entry
 * @param variables values of members ({@code structure.member}, eight bytes each) of variables, as far as a tree has them
 * @param cells of the current task besides those of the entry, for every path
 * @param answers results of calls that are not followed, as in {@link EntryPaths}
 * @param premises what all this assumes, for people: sentences without a full stop
 * @param paths the paths that are followed
 */
public record EntryEvents(
        String entry,
        String reference,
        List<Event> events,
        List<Flag> flags,
        List<String> outside,
        Map<String, Boolean> staticKeys,
        Map<String, Long> registers,
        Map<String, Map<String, Long>> variables,
        Map<String, List<String>> cells,
        Map<String, Long> answers,
        List<String> premises,
        List<EventPath> paths) {
    public EntryEvents {
        events = List.copyOf(events);
        flags = List.copyOf(flags);
        outside = List.copyOf(outside);
        registers = Map.copyOf(registers);
        variables = Map.copyOf(variables);
        staticKeys = Map.copyOf(staticKeys);
        cells = Map.copyOf(cells);
        answers = Map.copyOf(answers);
        premises = List.copyOf(premises);
        paths = List.copyOf(paths);
        Set<String> eventNames = new HashSet<>();
        events.forEach(e -> eventNames.add(e.name()));
        Set<String> flagNames = new HashSet<>();
        flags.forEach(f -> flagNames.add(f.name()));
        for (Event e : events) {
            known(flagNames, e.sets());
            known(flagNames, e.clears());
        }
        for (EventPath path : paths) {
            known(flagNames, path.flags());
            for (Change c : path.changes()) {
                known(eventNames, List.of(c.event()));
                known(flagNames, c.sets());
                known(flagNames, c.clears());
            }
        }
    }

    private static void known(Set<String> names, List<String> used) {
        used.stream().filter(n -> !names.contains(n)).findFirst().ifPresent(n -> {
            throw new IllegalArgumentException("no event or flag is named " + n);
        });
    }

    /** The flag of that name, which must be one. */
    public Flag flag(String name) {
        return flags.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    /** All macros whose values the flags and cells need. */
    public Set<String> macros() {
        Set<String> names = new TreeSet<>();
        Stream.concat(Stream.of(cells), flags.stream().flatMap(f -> Stream.of(f.bits(), f.with())))
                .flatMap(c -> c.values().stream())
                .flatMap(List::stream)
                .map(m -> m.startsWith(EntryPaths.BIT) ? m.substring(EntryPaths.BIT.length()) : m)
                .filter(m -> !Character.isDigit(m.charAt(0)))
                .forEach(names::add);
        return names;
    }

    /**
     * An event: a call of any of {@code functions}, or a jump that one of the static {@code keys} has enabled.
     *
     * @param name what reports call it
     * @param sets flags that are set once it is over
     * @param clears flags that are not set any more then
     */
    public record Event(
            String name, List<String> functions, List<String> keys, List<String> sets, List<String> clears) {
        public Event {
            functions = List.copyOf(functions);
            keys = List.copyOf(keys);
            sets = List.copyOf(sets);
            clears = List.copyOf(clears);
        }
    }

    /**
     * A flag of the current task.
     *
     * @param name what reports call it
     * @param bits where trees keep it: all that a tree has are set, and it must have one
     * @param with cells that come with it, as far as the tree has them, and stay
     */
    public record Flag(String name, Map<String, List<String>> bits, Map<String, List<String>> with) {
        public Flag {
            bits = Map.copyOf(bits);
            with = Map.copyOf(with);
        }
    }

    /**
     * A path.
     *
     * @param name what reports call it
     * @param text what happens on it
     * @param flags set when user mode enters the kernel
     * @param answers more answers, besides or instead of those for every path
     * @param changes what changes on the way
     */
    public record EventPath(
            String name, String text, List<String> flags, Map<String, Long> answers, List<Change> changes) {
        public EventPath {
            flags = List.copyOf(flags);
            answers = Map.copyOf(answers);
            changes = List.copyOf(changes);
        }
    }

    /** Flags that are changed while {@code event} lasts, whenever it occurs. */
    public record Change(String event, List<String> sets, List<String> clears) {
        public Change {
            sets = List.copyOf(sets);
            clears = List.copyOf(clears);
        }
    }
}
