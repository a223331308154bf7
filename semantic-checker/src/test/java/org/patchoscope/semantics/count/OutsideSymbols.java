// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * What objects use and none of them defines.
 *
 * @param functions what is called
 * @param data the rest
 */
record OutsideSymbols(Set<String> functions, Set<String> data) {

    /** {@code calls} are the relocations of calls and jumps. */
    static OutsideSymbols of(List<ObjectFile> objects, Set<String> calls) {
        Set<String> defined = new TreeSet<>();
        objects.forEach(o -> o.symbols().values().stream()
                .filter(s -> s.global() && s.section() != 0)
                .forEach(s -> defined.add(s.name())));
        Set<String> functions = new TreeSet<>();
        Set<String> data = new TreeSet<>();
        for (ObjectFile o : objects) {
            o.symbols().values().stream()
                    .filter(s -> s.section() == 0 && !defined.contains(s.name()))
                    .forEach(s -> data.add(s.name()));
            o.relocations().values().stream()
                    .flatMap(m -> m.values().stream())
                    .flatMap(List::stream)
                    .filter(r -> calls.contains(r.type()))
                    .forEach(r -> functions.add(r.symbol()));
        }
        functions.retainAll(data);
        data.removeAll(functions);
        return new OutsideSymbols(functions, data);
    }
}
