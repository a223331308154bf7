// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.patchoscope.semantics.machine.Contents;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.StaticData;

/** Objects with static storage that hold something else in one version than in the other, and what is known of that. */
public final class DataDifferences {
    private final Program before;
    private final StaticData left;
    private final StaticData right;
    private final Set<String> unknown = new TreeSet<>();
    private final Set<String> changed = new TreeSet<>();
    private final Set<String> differing = new HashSet<>();

    DataDifferences(Program before, Program after) {
        this.before = before;
        this.left = new StaticData(before);
        this.right = new StaticData(after);
        for (String name : DataChanges.between(before, after)) {
            boolean told = left.of(name).isPresent() && right.of(name).isPresent();
            (told ? changed : unknown).add(name);
        }
        differing.addAll(changed);
        Stream.concat(left.names().stream(), right.names().stream())
                .filter(n -> left.of(n).isPresent() != right.of(n).isPresent())
                .forEach(differing::add);
        Set<String> pointing = new LinkedHashSet<>(changed);
        while (!pointing.isEmpty()) {
            pointing = pointing(pointing);
            pointing.removeAll(differing);
            differing.addAll(pointing);
        }
    }

    /** Constants that point to others. */
    private Set<String> pointing(Set<String> others) {
        Set<String> found = new LinkedHashSet<>();
        for (StaticData data : new StaticData[] {left, right}) {
            data.names().stream()
                    .filter(n -> data.of(n)
                            .filter(i -> i.constant()
                                    && i
                                            .object()
                                            .relocationsIn(i.section().index(), i.offset(), (int) i.size())
                                            .stream()
                                            .map(ObjectFile.Relocation::symbol)
                                            .anyMatch(others::contains))
                            .isPresent())
                    .forEach(found::add);
        }
        return found;
    }

    /** Of which no more is known than that they differ: whoever refers to them is not analysed. */
    public Set<String> unknown() {
        return unknown;
    }

    /** Whose content is compared where it is read. */
    Set<String> changed() {
        return changed;
    }

    /** Through which content is read that differs. */
    Set<String> read() {
        Set<String> all = new HashSet<>(differing);
        all.removeIf(n -> left.of(n).isPresent() != right.of(n).isPresent());
        return all;
    }

    /** What a machine for {@code program}, one of the two, reads; {@code names} gives functions their new names. */
    Contents contents(Program program, UnaryOperator<String> names) {
        return new Contents(program.exprs(), program == before ? left : right, changed, differing, names);
    }

    /** Whether it is a section of constants without names. */
    public static boolean isUnnamed(String name) {
        return name.startsWith(".rodata");
    }

    /** Whether nothing that either version may read differs in content. */
    public boolean none() {
        return changed.isEmpty();
    }

    /** Objects whose content differs and whose address is handed to somebody: what is done with them is not seen. */
    public Set<String> handedOut(Set<String> addresses) {
        Set<String> found = new TreeSet<>(addresses);
        found.retainAll(changed);
        return found;
    }
}
