// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.patchoscope.bot.review.ExitComparison;
import org.patchoscope.bot.review.Review.Claim;
import org.patchoscope.bot.review.Review.Claim.Kind;
import org.patchoscope.bot.review.Review.Claim.Standing;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PathCount;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** Sets a claim against the results. */
public final class ClaimJudge {
    private ClaimJudge() {}

    /** A claim with its standing, and one sentence on why. */
    public static Claim judge(FoundClaim found, List<Unit> units) {
        return found.kind() == Kind.SAVES_INSTRUCTIONS ? saves(found, units) : noChange(found, units);
    }

    private static Claim noChange(FoundClaim found, List<Unit> units) {
        if (has(units, Verdict.CHANGED)) {
            return found.partial()
                    ? claim(
                            found,
                            Standing.UNDECIDED,
                            "It speaks of a part of the patch; the patch changes behaviour on "
                                    + where(units, Verdict.CHANGED) + ".")
                    : claim(found, Standing.FAILS, "Behaviour changes on " + where(units, Verdict.CHANGED) + ".");
        }
        if (units.stream().anyMatch(ClaimJudge::open)) {
            return claim(
                    found,
                    Standing.UNDECIDED,
                    "Not everything was analysed on "
                            + units.stream()
                                    .filter(ClaimJudge::open)
                                    .map(Unit::arch)
                                    .distinct()
                                    .collect(Collectors.joining(" and "))
                            + ".");
        }
        if (has(units, Verdict.RACE_WINDOW)) {
            return claim(
                    found,
                    Standing.HOLDS_EXCEPT_RACES,
                    "The versions differ only if another CPU writes between" + " readings, on "
                            + where(units, Verdict.RACE_WINDOW) + ".");
        }
        if (has(units, Verdict.EQUAL_WITHIN_BOUND)) {
            return claim(
                    found,
                    Standing.UNDECIDED,
                    "No difference was found up to the loop bound on " + where(units, Verdict.EQUAL_WITHIN_BOUND)
                            + "; beyond it nothing is known.");
        }
        return has(units, Verdict.EQUIVALENT)
                ? claim(
                        found,
                        Standing.HOLDS,
                        "Both versions are equivalent on " + where(units, Verdict.EQUIVALENT) + ".")
                : claim(found, Standing.UNDECIDED, "Nothing the patch touches is built here.");
    }

    /** A number holds if some counted path shows it. A path that was not counted may show another. */
    private static Claim saves(FoundClaim found, List<Unit> units) {
        String kind = found.quote().toLowerCase(Locale.ROOT).contains("mov") ? "moves" : "instructions";
        int claimed = found.count().orElse(0);
        String best = "";
        int most = 0;
        boolean counted = false;
        for (Unit unit : units) {
            for (Count count : counts(unit)) {
                if (!count.kind().equals(kind)) {
                    continue;
                }
                counted = true;
                int saved = count.before() - count.after();
                String row = count.name() + " on " + unit.arch() + " has " + count.before() + " " + kind
                        + " before and " + count.after() + " after.";
                if (saved == claimed) {
                    return claim(found, Standing.HOLDS, row);
                }
                if (saved > most) {
                    most = saved;
                    best = row;
                }
            }
        }
        if (best.isEmpty()
                && units.stream().anyMatch(u -> !u.paths().notCounted().isEmpty())) {
            return claim(found, Standing.UNDECIDED, "Not every path could be counted.");
        }
        return missed(found, kind, counted, best);
    }

    /** Of functions, and of paths: all instructions, and those kinds that differ. */
    private static List<Count> counts(Unit unit) {
        List<Count> all = new ArrayList<>(unit.counts());
        for (PathCount p : unit.paths().counted()) {
            String name = "the path \"" + p.path() + ", " + p.cpu() + "\"";
            all.add(new Count(name, "instructions", p.before(), p.after()));
            p.kinds().forEach(k -> all.add(new Count(name, k.kind(), k.before(), k.after())));
        }
        unit.code().exits().forEach(e -> e.changes().forEach(c -> all.addAll(counts(e.entry(), c))));
        return all;
    }

    private static List<Count> counts(String entry, ExitComparison.Change c) {
        String name = "the path through " + entry + "() that now leaves by "
                + c.after().exit();
        List<Count> moves =
                c.executed().stream().filter(m -> m.name().startsWith("mov")).toList();
        return List.of(
                new Count(
                        name,
                        "instructions",
                        c.before().instructions(),
                        c.after().instructions()),
                new Count(
                        name,
                        "moves",
                        moves.stream().mapToInt(Count::before).sum(),
                        moves.stream().mapToInt(Count::after).sum()));
    }

    private static Claim missed(FoundClaim found, String kind, boolean counted, String best) {
        if (!counted) {
            return claim(found, Standing.UNDECIDED, "No " + kind + " were counted.");
        }
        return best.isEmpty()
                ? claim(found, Standing.FAILS, "No counted path or function has fewer " + kind + " than before.")
                : claim(
                        found,
                        Standing.UNDECIDED,
                        "The number is not among the counts; the most is saved where " + best);
    }

    private static boolean open(Unit unit) {
        return unit.verdict() == Verdict.NOT_ANALYSED
                || unit.verdict() == Verdict.NOT_REVIEWED
                || unit.roots().stream().anyMatch(r -> r.verdict() == Verdict.NOT_ANALYSED);
    }

    private static boolean has(List<Unit> units, Verdict verdict) {
        return units.stream().anyMatch(u -> u.verdict() == verdict);
    }

    private static String where(List<Unit> units, Verdict verdict) {
        return units.stream()
                .filter(u -> u.verdict() == verdict)
                .map(Unit::arch)
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static Claim claim(FoundClaim found, Standing standing, String because) {
        return new Claim(found.quote(), found.kind(), standing, because);
    }
}
