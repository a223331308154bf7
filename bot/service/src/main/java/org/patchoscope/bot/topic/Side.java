// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;

/**
 * One version and its review.
 *
 * @param name as people call it, {@code v14}
 * @param patches numbers of the patches that were mailed with a diff
 */
record Side(String name, Review review, List<Digest.Entry> findings, List<Integer> patches) {
    Side {
        findings = List.copyOf(findings);
        patches = List.copyOf(patches);
    }

    static Side of(String name, Review review, List<Integer> patches) {
        return new Side(name, review, Digest.of(review).findings(), patches);
    }

    /** Why a finding of another version may be in this one although its review does not have it; nothing if it cannot. */
    Optional<String> mayHide(Digest.Entry finding) {
        if (!review.architectures().contains(finding.arch())) {
            return Optional.of(finding.arch() + " was not reviewed of " + name);
        }
        List<String> configurations =
                review.configurations().stream().map(Review.Configuration::name).toList();
        if (finding.configurations().stream().noneMatch(configurations::contains)) {
            return Optional.of(String.join(", ", finding.configurations()) + " was not reviewed of " + name);
        }
        List<Integer> reviewed =
                review.patches().stream().map(PatchReview::number).toList();
        List<String> open = new ArrayList<>();
        patches.stream().filter(n -> !reviewed.contains(n)).forEach(n -> open.add("patch " + n));
        if (!open.isEmpty()) {
            return Optional.of("not reviewed of " + name + ": " + String.join(", ", open));
        }
        SortedSet<Integer> unsure = new TreeSet<>();
        Stream.concat(review.patches().stream(), review.whole().stream())
                .filter(p -> p.units().stream().anyMatch(u -> u.arch().equals(finding.arch()) && isOpen(u)))
                .forEach(p -> unsure.add(p.number()));
        unsure.forEach(n -> open.add(n == 0 ? "the whole series" : "patch " + n));
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("not everything was analysed of " + name + ": " + String.join(", ", open));
    }

    private static boolean isOpen(Unit unit) {
        return unit.verdict().open()
                || unit.roots().stream()
                        .anyMatch(r -> r.verdict().open() || !r.reasons().isEmpty());
    }
}
