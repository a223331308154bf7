// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.List;
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
final class Leaning {
    private Leaning() {}

    /**
     * Premises that some result leans on. A premise that only takes findings away is said with the finding, but is listed
     * too, because its reason and source are only here.
     */
    static List<Premise> used(Review review) {
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
    static String text(Review review, String name) {
        return review.environment().stream()
                .filter(p -> p.name().equals(name))
                .map(Premise::text)
                .findFirst()
                .orElse(name);
    }

    /** "loops followed for 2 turns", if what is said of the unit holds only up to a bound. */
    static Optional<String> bound(Unit unit) {
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
