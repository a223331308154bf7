// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Claim;
import org.patchoscope.bot.review.Review.Claim.Standing;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Verdict;

/** The sentences a report starts with: what the changelogs say, and what the simulation found. */
public final class Headline {
    private static final String NOTHING_BUILT = "nothing of what is touched is built";

    private final Review review;
    private final List<Numbered> findings;
    private final Steps steps;

    public Headline(Review review, List<Numbered> findings) {
        this.review = review;
        this.findings = findings;
        this.steps = new Steps(review);
    }

    /** What the changelogs claim, or nothing. */
    public List<String> claims() {
        List<String> out = new ArrayList<>();
        for (Standing standing :
                List.of(Standing.FAILS, Standing.HOLDS_EXCEPT_RACES, Standing.UNDECIDED, Standing.HOLDS)) {
            claims(standing, out);
        }
        return out;
    }

    private void claims(Standing standing, List<String> out) {
        LinkedHashSet<String> quotes = new LinkedHashSet<>();
        List<Integer> patches = new ArrayList<>();
        for (PatchReview patch : review.patches()) {
            for (Claim claim : patch.claims()) {
                if (claim.standing() == standing) {
                    quotes.add(Words.clean(claim.quote()));
                    patches.add(patch.number());
                }
            }
        }
        if (!quotes.isEmpty()) {
            String what = review.patches().size() == 1 ? "The changelog says" : said(patches) + " say" + s(patches);
            String example = quotes.size() == 1 ? "" : ", for example,";
            boolean ended = quotes.getFirst().matches(".*[.!?]\"?");
            out.add(what + example + " \"" + quotes.getFirst() + (ended ? "\" " : "\". ") + standing(standing));
        }
    }

    private static String said(List<Integer> patches) {
        return (s(patches).isEmpty() ? "The changelogs of " : "The changelog of ") + Words.patches(patches);
    }

    private static String s(List<Integer> patches) {
        return patches.stream().distinct().count() == 1 ? "s" : "";
    }

    public static String standing(Standing standing) {
        return switch (standing) {
            case FAILS -> "This does not hold.";
            case HOLDS_EXCEPT_RACES -> "This holds unless another CPU writes what is read while it is being read.";
            case UNDECIDED -> "This could not be decided.";
            case HOLDS -> "This holds.";
        };
    }

    /** What was simulated, and the numbers. */
    public String result() {
        return "Simulated " + steps.simulated() + ", "
                + Words.and(review.architectures().stream().map(Words::clean).toList()) + ", "
                + Words.count(review.configurations().size(), "configuration") + ": " + numbers() + ".";
    }

    private String numbers() {
        if (review.architectures().size() < 2) {
            return String.join(", ", numbers(null));
        }
        List<String> out = new ArrayList<>();
        for (String arch : review.architectures()) {
            out.add("on " + Words.clean(arch) + " " + String.join(", ", numbers(arch)));
        }
        return String.join("; ", out);
    }

    private List<String> numbers(@Nullable String arch) {
        if (!review.patches().isEmpty()
                && patches(arch, Verdict.NOT_REVIEWED) == review.patches().size()) {
            return List.of("not reviewed");
        }
        List<String> out = new ArrayList<>();
        int changes = findings(arch, Verdict.CHANGED);
        int races = findings(arch, Verdict.RACE_WINDOW);
        int open = patches(arch, Verdict.NOT_ANALYSED);
        int within = patches(arch, Verdict.EQUAL_WITHIN_BOUND);
        int left = patches(arch, Verdict.NOT_REVIEWED);
        String none = open + within + left > 0
                ? "no behaviour change found"
                : built(arch) ? "no behaviour change" : NOTHING_BUILT;
        out.add(changes == 0 ? none : Words.count(changes, "behaviour change"));
        if (races > 0) {
            out.add(Words.count(races, "race-window change"));
        }
        int leaving = leaving(arch);
        if (leaving > 0) {
            out.add(Words.count(leaving, "call") + " that leave" + (leaving == 1 ? "s" : "") + " noinstr code");
        }
        if (within > 0) {
            out.add(steps.counted(within) + " equal only within the loop bound");
        }
        if (open > 0) {
            out.add(steps.counted(open) + " not analysed");
        }
        if (left > 0) {
            out.add(steps.counted(left) + " not reviewed");
        }
        return out;
    }

    /** That nothing changes where nothing is built is no result. */
    private boolean built(@Nullable String arch) {
        return review.patches().stream()
                .flatMap(p -> p.units().stream())
                .anyMatch(u -> u.verdict() != Verdict.NOT_BUILT
                        && (arch == null || u.arch().equals(arch)));
    }

    private int findings(@Nullable String arch, Verdict kind) {
        return (int) findings.stream()
                .filter(f -> f.patch() != 0 && f.finding().kind() == kind)
                .filter(f -> arch == null || f.arch().equals(arch))
                .count();
    }

    private int leaving(@Nullable String arch) {
        return (int) review.patches().stream()
                .flatMap(p -> p.units().stream()
                        .filter(u -> arch == null || u.arch().equals(arch))
                        .flatMap(u -> u.tracing().leaving().stream())
                        .distinct())
                .count();
    }

    /** Patches for which some configuration has this verdict. */
    private int patches(@Nullable String arch, Verdict verdict) {
        return (int) review.patches().stream()
                .filter(p -> p.units().stream()
                        .anyMatch(u -> u.verdict() == verdict
                                && (arch == null || u.arch().equals(arch))))
                .count();
    }
}
