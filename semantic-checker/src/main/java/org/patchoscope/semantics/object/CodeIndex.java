// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.semantics.object.ObjectFile.Function;

/** Which function covers a place; where several do, the one that the object names first. */
public final class CodeIndex {
    /** By section: what covers the bytes from an offset up to the next one. */
    private final Map<Integer, NavigableMap<Long, Optional<Function>>> covered = new HashMap<>();

    CodeIndex(Collection<Function> functions) {
        List<Function> last = new ArrayList<>(functions);
        last.reversed().forEach(this::paint);
    }

    private void paint(Function f) {
        if (f.size() == 0) {
            return;
        }
        NavigableMap<Long, Optional<Function>> section =
                covered.computeIfAbsent(f.section(), s -> new TreeMap<>(Map.of(Long.MIN_VALUE, Optional.empty())));
        long end = f.offset() + f.size();
        Optional<Function> behind = at(f.section(), end);
        section.subMap(f.offset(), true, end, false).clear();
        section.put(f.offset(), Optional.of(f));
        section.put(end, behind);
    }

    Optional<Function> at(int section, long offset) {
        NavigableMap<Long, Optional<Function>> here = covered.get(section);
        Map.Entry<Long, Optional<Function>> from = here == null ? null : here.floorEntry(offset);
        return from == null ? Optional.empty() : from.getValue();
    }
}
