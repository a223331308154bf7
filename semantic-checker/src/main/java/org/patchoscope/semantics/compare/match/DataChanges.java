// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;

/**
 * Named data whose initial content differs between two programs. Code that refers to such data is not
 * proven equal by being the same code.
 */
final class DataChanges {
    private DataChanges() {}

    static Set<String> between(Program before, Program after) {
        Set<String> changed = new TreeSet<>();
        for (ObjectFile a : before.objects()) {
            after.objects().stream()
                    .filter(b -> b.name().equals(a.name()))
                    .forEach(b -> a.symbols().forEach((name, s) -> {
                        ObjectFile.Symbol t = b.symbols().get(name);
                        if (t != null
                                && isData(a, s)
                                && isData(b, t)
                                && !content(a, s).equals(content(b, t))) {
                            changed.add(name);
                        }
                    }));
        }
        unnamed(before, after, changed);
        return changed;
    }

    /** Constants without a name are known by their section; where any of it differs, all of it may. */
    private static void unnamed(Program before, Program after, Set<String> changed) {
        for (ObjectFile a : before.objects()) {
            after.objects().stream()
                    .filter(b -> b.name().equals(a.name()))
                    .forEach(b -> Stream.concat(sectionsReferredTo(a), sectionsReferredTo(b))
                            .distinct()
                            .filter(name ->
                                    !whole(a, name).isEmpty() && !whole(b, name).isEmpty())
                            .filter(name -> !whole(a, name).equals(whole(b, name)))
                            .forEach(changed::add));
        }
    }

    private static Stream<String> sectionsReferredTo(ObjectFile o) {
        Set<String> data = o.sections().stream()
                .filter(s -> !s.executable() && s.data().length > 0)
                .map(o::unnamed)
                .collect(Collectors.toSet());
        return o.relocations().entrySet().stream()
                .filter(e -> o.sections().get(e.getKey()).executable())
                .flatMap(e -> e.getValue().values().stream().flatMap(List::stream))
                .map(ObjectFile.Relocation::symbol)
                .filter(name -> data.contains(name) && !o.symbols().containsKey(name));
    }

    private static List<Object> whole(ObjectFile o, String section) {
        return o.sections().stream()
                .filter(s -> o.unnamed(s).equals(section))
                .map(s -> content(o, new ObjectFile.Symbol(section, s.index(), 0, s.data().length, false, false)))
                .collect(Collectors.toList());
    }

    private static boolean isData(ObjectFile o, ObjectFile.Symbol s) {
        ObjectFile.Section section = o.sections().get(s.section());
        return s.section() != 0 && s.size() > 0 && !section.executable();
    }

    private static List<Object> content(ObjectFile o, ObjectFile.Symbol s) {
        byte[] data = o.sections().get(s.section()).data();
        int from = (int) Math.min(s.offset(), data.length);
        int to = (int) Math.min(s.offset() + s.size(), data.length);
        byte[] bytes = Arrays.copyOf(Arrays.copyOfRange(data, from, to), (int) s.size()); // .bss is all zeros
        var relocations = o.relocations().get(s.section());
        Map<Long, List<ObjectFile.Relocation>> inside =
                relocations == null ? Map.of() : relocations.subMap(s.offset(), true, s.offset() + s.size(), false);
        List<String> references = inside.values().stream()
                .flatMap(List::stream)
                .map(r -> r.offset() - s.offset() + r.type() + r.symbol() + "+" + r.addend())
                .toList();
        return List.of(ByteBuffer.wrap(bytes), references);
    }
}
