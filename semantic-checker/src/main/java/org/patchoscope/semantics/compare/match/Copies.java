// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * The functions of two programs by name. Several objects may have one of the same name: copies of an inline function, or static
 * functions that have nothing else in common. Then that one stands for all which differs, if there is one.
 */
final class Copies {
    private final Map<String, FunctionRef> left = new TreeMap<>();
    private final Map<String, FunctionRef> right = new TreeMap<>();
    private final Map<String, Set<String>> unlike = new TreeMap<>();

    Copies(Program before, FunctionIdentity one, Program after, FunctionIdentity two) {
        Map<String, Map<String, FunctionRef>> all = collect(before, left);
        Map<String, Map<String, FunctionRef>> now = collect(after, right);
        all.forEach((name, copies) -> {
            Map<String, FunctionRef> others = now.getOrDefault(name, Map.of());
            if (copies.size() > 1 || others.size() > 1) {
                choose(name, copies, one, others, two);
            }
        });
    }

    private static Map<String, Map<String, FunctionRef>> collect(Program p, Map<String, FunctionRef> first) {
        Map<String, Map<String, FunctionRef>> all = new LinkedHashMap<>();
        for (ObjectFile o : p.objects()) {
            o.functions().values().forEach(f -> {
                FunctionRef ref = new FunctionRef(o, f);
                first.putIfAbsent(f.name(), ref);
                all.computeIfAbsent(f.name(), k -> new LinkedHashMap<>()).put(o.name(), ref);
            });
        }
        return all;
    }

    private void choose(
            String name,
            Map<String, FunctionRef> copies,
            FunctionIdentity one,
            Map<String, FunctionRef> others,
            FunctionIdentity two) {
        Map<List<Object>, String> differing = new LinkedHashMap<>();
        copies.forEach((object, f) -> {
            FunctionRef g = others.get(object);
            if (g != null && !one.form(f).equals(two.form(g))) {
                differing.putIfAbsent(List.of(one.form(f), two.form(g)), object);
            }
        });
        if (differing.isEmpty()) {
            return;
        }
        List<String> objects = new ArrayList<>(differing.values());
        String chosen = objects.getFirst();
        left.put(name, Objects.requireNonNull(copies.get(chosen)));
        right.put(name, Objects.requireNonNull(others.get(chosen)));
        if (objects.size() > 1) {
            unlike.put(name, new LinkedHashSet<>(objects));
        }
    }

    /** The functions of the old program, by name. */
    Map<String, FunctionRef> left() {
        return left;
    }

    /** The functions of the new program, by name. */
    Map<String, FunctionRef> right() {
        return right;
    }

    /** Objects in which functions of one name differ, each in another way, by that name. */
    Map<String, Set<String>> unlike() {
        return unlike;
    }
}
