// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.layout.CommonLayout;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * Whether a change must compare in another configuration as it did in this one: the same functions differ, the same ones
 * are asked about, and of all that these reach nothing depends on the configuration. Where that is not plain the answer
 * is no.
 */
public final class SameCode {
    /** Whose members words are found for. */
    private static final List<String> TOLD = List.of("task_struct", "pt_regs", "thread_info");

    private final ArchProfile profile;

    public SameCode(ArchProfile profile) {
        this.profile = profile;
    }

    /**
     * The answer. All four programs must have expressions of one factory.
     *
     * @param asked functions that the comparison gave a verdict on
     * @param told whether the comparison found something, so that members of structures have been named
     */
    public boolean is(Side before, Side after, Side otherBefore, Side otherAfter, Set<String> asked, boolean told) {
        return sameSurroundings(before, otherBefore, told)
                && sameSurroundings(after, otherAfter, told)
                && sameLayouts(before, after)
                && sameLayouts(otherBefore, otherAfter)
                && sameReach(before, after, otherBefore, otherAfter, asked);
    }

    /** Whether memory is compared by offset, without sources. */
    private static boolean sameLayouts(Side before, Side after) {
        return new CommonLayout(before.program().debug(), after.program().debug())
                .changed()
                .isEmpty();
    }

    /** What the environment and words take from a state as a whole: cheap to ask, and often another. */
    private boolean sameSurroundings(Side here, Side there, boolean told) {
        DebugInfo one = here.program().debug();
        DebugInfo two = there.program().debug();
        Layout a = new Layout(one);
        Layout b = new Layout(two);
        return here.macros().equals(there.macros())
                && here.features().equals(there.features())
                && a.sizeOf("pt_regs").equals(b.sizeOf("pt_regs"))
                && cells().allMatch(c -> a.slot(c).equals(b.slot(c)))
                && (!told || sameStructures(TOLD, one, two));
    }

    private Stream<String> cells() {
        return Stream.of(
                        profile.volatileCells().stream(),
                        profile.stableCells().stream().map(ArchProfile.Stable::cell),
                        profile.stableBits().stream().map(ArchProfile.StableBits::cell),
                        profile.frames().stream().flatMap(f -> f.preserves().stream()),
                        profile.assumptions().stream().flatMap(c -> Stream.of(c.cell(), c.flagCell())),
                        Stream.of(profile.registersOnStack().cell()),
                        profile.flagNames().stream().flatMap(f -> f.cells().stream()))
                .flatMap(s -> s)
                .filter(c -> c.contains("."))
                .distinct();
    }

    /** With the structures that are members of theirs. */
    private static boolean sameStructures(Collection<String> names, DebugInfo one, DebugInfo two) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.poll();
            if (!seen.add(name)) {
                continue;
            }
            DebugInfo.Structure s = one.structures().get(name);
            if (!Objects.equals(s, two.structures().get(name))) {
                return false;
            }
            if (s != null) {
                s.members().forEach(m -> open.add(m.type().text()));
            }
        }
        return true;
    }

    private static boolean sameReach(Side before, Side after, Side otherBefore, Side otherAfter, Set<String> asked) {
        Correspondence here = new Correspondence(before.program(), after.program());
        Correspondence there = new Correspondence(otherBefore.program(), otherAfter.program());
        Set<String> data = DataChanges.between(before.program(), after.program());
        if (!here.changed().equals(there.changed())
                || !here.renamed().equals(there.renamed())
                || !data.equals(DataChanges.between(otherBefore.program(), otherAfter.program()))
                || !here.users(data).equals(there.users(data))) {
            return false;
        }
        Set<String> roots = new LinkedHashSet<>(asked);
        roots.addAll(here.changed());
        roots.addAll(here.users(data));
        here.renamed().forEach((old, now) -> roots.addAll(List.of(old, now)));
        ReachedCode old = ReachedCode.from(before.program(), roots);
        ReachedCode now = ReachedCode.from(after.program(), roots);
        return old.sameAs(ReachedCode.from(otherBefore.program(), roots))
                && now.sameAs(ReachedCode.from(otherAfter.program(), roots))
                && sameQuestions(here, there, asked, Stream.concat(old.functions().stream(), now.functions().stream()));
    }

    /**
     * Whether a comparison asks there about the functions that it asked about here: about those whose code differs, and
     * about whoever calls one that this has not settled. The code of all of {@code reached} is known to be the same.
     */
    private static boolean sameQuestions(
            Correspondence here, Correspondence there, Set<String> asked, Stream<String> reached) {
        Set<String> affected = here.affected();
        Set<String> looked = reached.map(here::name).filter(affected::contains).collect(Collectors.toSet());
        return inOrder(here, looked).equals(inOrder(there, looked))
                && looked.stream().allMatch(f -> {
                    Set<String> callers = callers(here, f);
                    Set<String> others = callers(there, f);
                    return settled(here, f, asked)
                            ? !others.isEmpty()
                            : callers.equals(others) && looked.containsAll(callers);
                });
    }

    private static List<String> inOrder(Correspondence c, Set<String> looked) {
        return c.bottomUp().stream().filter(looked::contains).toList();
    }

    private static Set<String> callers(Correspondence c, String f) {
        Set<String> callers = new HashSet<>(c.callers(f));
        callers.remove(f);
        return callers;
    }

    /**
     * Whether a verdict on {@code f} ended the matter. A caller of the same type would have been asked otherwise, and the
     * verdict then would not have counted.
     */
    private static boolean settled(Correspondence c, String f, Set<String> asked) {
        return asked.contains(f)
                && callers(c, f).stream()
                        .anyMatch(g -> c.pair(g)
                                .filter(p -> c.sameParameters(p) && c.sameResult(p))
                                .isPresent());
    }
}
