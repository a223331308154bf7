// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Contents;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.StaticData;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.solver.Unknowns;

/** Objects with static storage that hold something else in one version than in the other, and what is known of that. */
final class DataDifferences {
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
    Set<String> unknown() {
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
    static boolean isUnnamed(String name) {
        return name.startsWith(".rodata");
    }

    /** Objects whose content differs and whose address a path hands to somebody: what is done with them is not seen. */
    Set<String> handedOut(Stream<Path> paths) {
        Set<String> found = new TreeSet<>();
        if (!changed.isEmpty()) {
            paths.flatMap(p -> p.events().stream())
                    .flatMap(DataDifferences::values)
                    .distinct()
                    .flatMap(e -> Unknowns.leaves(e).stream())
                    .filter(u -> u instanceof Expr.Sym s
                            && s.name().startsWith("&")
                            && changed.contains(s.name().substring(1)))
                    .forEach(u -> found.add(((Expr.Sym) u).name().substring(1)));
        }
        return found;
    }

    private static Stream<Expr> values(Event e) {
        return Stream.concat(
                e.arguments().stream(), e.memory().values().stream().map(Event.Write::value));
    }
}
