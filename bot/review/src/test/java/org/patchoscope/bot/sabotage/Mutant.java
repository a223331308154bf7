// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.patchoscope.semantics.object.ObjectFile;

/** Objects with a fault. */
final class Mutant {
    private Mutant() {}

    /** The fault's object with the fault in it; nothing else differs. */
    static ObjectFile of(Fault fault) {
        ObjectFile o = fault.object();
        ObjectFile.Section old = o.sections().get(fault.section());
        byte[] data = old.data().clone();
        System.arraycopy(fault.code(), 0, data, (int) fault.offset(), fault.code().length);
        List<ObjectFile.Section> sections = new ArrayList<>(o.sections());
        sections.set(
                fault.section(),
                new ObjectFile.Section(old.index(), old.name(), data, old.executable(), old.writable()));
        Map<Integer, NavigableMap<Long, List<ObjectFile.Relocation>>> relocations = new HashMap<>(o.relocations());
        NavigableMap<Long, List<ObjectFile.Relocation>> own =
                new TreeMap<>(relocations.getOrDefault(fault.section(), new TreeMap<>()));
        own.subMap(fault.offset(), true, fault.offset() + fault.code().length, false)
                .clear();
        fault.relocations()
                .forEach(r ->
                        own.computeIfAbsent(r.offset(), k -> new ArrayList<>()).add(r));
        relocations.put(fault.section(), own);
        return new ObjectFile(
                o.name(),
                List.copyOf(sections),
                o.functions(),
                o.symbols(),
                relocations,
                o.keys(),
                o.alternatives(),
                o.bugs(),
                o.fixups(),
                o.code());
    }
}
