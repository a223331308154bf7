// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.assembly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.semantics.object.ObjectFile;

/** Whether marks have left the code of an object as it was: every byte, relocation and function of it. */
final class SharedAssembly {
    private SharedAssembly() {}

    /** What differs, or nothing. */
    static Optional<String> difference(ObjectFile original, ObjectFile marked) {
        if (original.sections().stream().anyMatch(s -> s.name().equals(MarkedAssembly.SECTION))) {
            return Optional.of("the source has marks of its own");
        }
        List<ObjectFile.Section> one = code(original);
        List<ObjectFile.Section> two = code(marked);
        if (one.size() != two.size()) {
            return Optional.of(one.size() + " sections of code and " + two.size());
        }
        for (int i = 0; i < one.size(); i++) {
            ObjectFile.Section a = one.get(i);
            ObjectFile.Section b = two.get(i);
            if (!a.name().equals(b.name())
                    || !Arrays.equals(a.data(), b.data())
                    || !relocations(original, a).equals(relocations(marked, b))
                    || !functions(original, a).equals(functions(marked, b))) {
                return Optional.of("section " + a.name());
            }
        }
        return Optional.empty();
    }

    /** The sections of code, in an order that both objects share. */
    static List<ObjectFile.Section> code(ObjectFile o) {
        return o.sections().stream().filter(ObjectFile.Section::executable).toList();
    }

    private static List<String> relocations(ObjectFile o, ObjectFile.Section s) {
        List<String> all = new ArrayList<>();
        o.relocationsIn(s.index(), 0, Math.max(1, s.data().length))
                .forEach(r -> all.add(r.offset() + " " + r.type() + " " + r.symbol() + " " + r.addend()));
        return all;
    }

    private static Map<String, String> functions(ObjectFile o, ObjectFile.Section s) {
        Map<String, String> all = new TreeMap<>();
        o.functions().values().stream()
                .filter(f -> f.section() == s.index())
                .forEach(f -> all.put(f.name(), f.offset() + "+" + f.size()));
        return all;
    }
}
