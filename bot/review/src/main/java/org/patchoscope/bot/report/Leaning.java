// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** The premises of a review: which were used, and what they say. */
public final class Leaning {
    private Leaning() {}

    /**
     * Premises that some result leans on. A premise that only takes findings away is said with the finding, but is listed
     * too, because its reason and source are only here.
     */
    public static List<Premise> used(Review review) {
        Set<String> named = roots(review).flatMap(r -> r.leansOn().stream()).collect(Collectors.toSet());
        roots(review).flatMap(r -> r.findings().stream()).forEach(f -> named.addAll(f.vanishesUnder()));
        return review.environment().stream()
                .filter(p -> named.contains(p.name()))
                .toList();
    }

    private static Stream<Root> roots(Review review) {
        return Stream.concat(review.patches().stream(), review.whole().stream())
                .flatMap(p -> p.units().stream())
                .flatMap(u -> u.roots().stream());
    }

    /** What a premise says; its name if the review does not carry it. */
    public static String text(Review review, String name) {
        return review.environment().stream()
                .filter(p -> p.name().equals(name))
                .map(Premise::text)
                .findFirst()
                .orElse(name);
    }

    /** " (3 premises)" behind a verdict that nothing differs, or nothing where it rests on none. */
    public static String premises(Unit unit) {
        boolean equal = unit.verdict() == Verdict.EQUIVALENT || unit.verdict() == Verdict.EQUAL_WITHIN_BOUND;
        long premises = unit.roots().stream()
                .flatMap(r -> r.leansOn().stream())
                .distinct()
                .count();
        return equal && premises > 0 ? " (" + Words.count((int) premises, "premise") + ")" : "";
    }

    /** By function of a patch, the names of the premises that its verdict rests on. */
    public static Map<String, List<String>> byFunction(Review.PatchReview patch) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        patch.units().stream()
                .flatMap(u -> u.roots().stream().map(r -> Map.entry(u, r)))
                .filter(e -> !e.getValue().leansOn().isEmpty())
                .forEach(e -> all.putIfAbsent(
                        e.getValue().function() + "(), " + e.getKey().arch() + ", "
                                + e.getKey().configuration(),
                        e.getValue().leansOn()));
        return all;
    }

    /** "loops followed for 2 turns", if what is said of the unit holds only up to a bound. */
    public static Optional<String> bound(Unit unit) {
        List<Root> within = unit.roots().stream()
                .filter(r -> r.verdict() == Verdict.EQUAL_WITHIN_BOUND)
                .toList();
        if (unit.verdict() != Verdict.EQUAL_WITHIN_BOUND || within.isEmpty()) {
            return Optional.empty();
        }
        int cut = within.stream().mapToInt(Root::bounded).sum();
        int pairs = within.stream().mapToInt(Root::pairs).sum();
        int loops = within.stream().mapToInt(Root::loops).min().orElse(0);
        return Optional.of("loops followed for " + Words.count(loops, "turn")
                + (cut == 0 ? "" : " (" + cut + " of " + Words.count(pairs, "pair") + " of paths cut there)"));
    }
}
