// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;

/**
 * A finding said once, with everywhere it holds.
 *
 * @param number in this report, from 1
 * @param patch number of the patch, 0 for the whole series
 * @param finding as seen first
 * @param configurations it holds in
 * @param functions roots it was seen in, and others of which the same is true
 * @param otherConditions configurations in which the condition reads differently from the one shown
 * @param open whether not all of these functions was analysed, so that there may be more cases
 */
public record Numbered(
        int number,
        int patch,
        String arch,
        FindingText finding,
        List<String> configurations,
        List<String> functions,
        List<String> otherConditions,
        boolean open) {

    /** All findings: of the patches in order, then those of the whole series that no patch has. */
    public static List<Numbered> of(Review review) {
        List<Numbered> out = new ArrayList<>();
        for (PatchReview patch : review.patches()) {
            merge(patch, out.size() + 1).forEach(out::add);
        }
        for (PatchReview whole : review.whole()) {
            List<Numbered> known = List.copyOf(out);
            merge(whole, 1).stream()
                    .filter(w -> known.stream().noneMatch(k -> k.same(w)))
                    .forEach(w -> out.add(w.as(out.size() + 1)));
        }
        return List.copyOf(out);
    }

    /** Whether both say the same of the same architecture; the id alone does not tell, since it names the patch. */
    boolean same(Numbered other) {
        return arch.equals(other.arch)
                && finding.kind() == other.finding.kind()
                && (finding.id().equals(other.finding.id()) || finding.summary().equals(other.finding.summary()));
    }

    static List<Numbered> merge(PatchReview patch, int first) {
        Map<String, Merge> byId = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            for (Root root : unit.roots()) {
                for (FindingText finding : root.findings()) {
                    byId.computeIfAbsent(unit.arch() + "\0" + finding.id(), _ -> new Merge(unit.arch(), finding))
                            .seen(unit, root, finding);
                }
            }
        }
        List<Numbered> out = new ArrayList<>();
        byId.values().forEach(m -> out.add(m.numbered(first + out.size(), patch.number())));
        return out;
    }

    private Numbered as(int other) {
        return new Numbered(other, patch, arch, finding, configurations, functions, otherConditions, open);
    }

    private record Merge(
            String arch,
            FindingText finding,
            Set<String> configurations,
            Set<String> functions,
            Set<String> others,
            Set<String> open) {
        Merge(String arch, FindingText finding) {
            this(
                    arch,
                    finding,
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>());
        }

        void seen(Unit unit, Root root, FindingText again) {
            configurations.add(unit.configuration());
            functions.add(root.function());
            functions.addAll(root.alike());
            if (!again.conditions().equals(finding.conditions())) {
                others.add(unit.configuration());
            }
            open.addAll(root.reasons());
        }

        Numbered numbered(int number, int patch) {
            return new Numbered(
                    number,
                    patch,
                    arch,
                    finding,
                    List.copyOf(configurations),
                    List.copyOf(functions),
                    List.copyOf(others),
                    !open.isEmpty());
        }
    }
}
