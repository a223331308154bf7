// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;

/** The premises of a review: which were used, and what they say. */
final class Leaning {
    private static final Pattern BOUND = Pattern.compile("\\b(\\d{1,4})\\b");

    private Leaning() {}

    /**
     * Premises that some result leans on. A premise that only takes findings away is said with the finding, but is listed
     * too, because its reason and source are only here. What no root names (the loop bound) holds for everything.
     */
    static List<Premise> used(Review review) {
        Set<String> named = roots(review).flatMap(r -> r.leansOn().stream()).collect(Collectors.toSet());
        roots(review).flatMap(r -> r.findings().stream()).forEach(f -> named.addAll(f.vanishesUnder()));
        return review.environment().stream()
                .filter(p -> named.contains(p.name()) || isBound(p))
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

    /** "up to 2 loop iterations", if pairs of paths of this unit were cut there. */
    static Optional<String> bound(Review review, Unit unit) {
        int cut = unit.roots().stream().mapToInt(Root::bounded).sum();
        int pairs = unit.roots().stream().mapToInt(Root::pairs).sum();
        if (cut == 0) {
            return Optional.empty();
        }
        String bound = review.environment().stream()
                .filter(Leaning::isBound)
                .map(p -> BOUND.matcher(p.text()))
                .filter(Matcher::find)
                .map(m -> Words.count(Integer.parseInt(m.group(1)), "loop iteration"))
                .findFirst()
                .orElse("the loop bound");
        return Optional.of(
                "up to " + bound + " (" + cut + " of " + Words.count(pairs, "pair") + " of paths cut there)");
    }

    private static boolean isBound(Premise premise) {
        String name = premise.name().toLowerCase(Locale.ROOT);
        return name.contains("loop") && name.contains("bound");
    }
}
