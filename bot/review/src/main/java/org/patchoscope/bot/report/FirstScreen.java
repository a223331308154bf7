// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.patchoscope.bot.report.WholeSeries.Fate;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Claim.Standing;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/**
 * A review for who has ten seconds: what it means, a sentence for each consequence, ranked; and how each patch came out on each
 * architecture. Everything else is a line that leads to a page.
 *
 * @param consequences the one that most see first
 * @param archs columns of the strip
 * @param steps rows of the strip: every patch, also those that nobody looked at, and the whole series last
 * @param findings a line each
 */
public record FirstScreen(List<Consequence> consequences, List<String> archs, List<Step> steps, List<Line> findings) {
    /** Who sees it, in the order in which it matters: what was asked for, who watches, who decides, who is told. */
    private static final List<Pattern> SEEN_BY = List.of(
            Pattern.compile("(?i)invoke_syscall|do_syscall|sys_call|system call"),
            Pattern.compile("(?i)ptrace|audit|trace|probe"),
            Pattern.compile("(?i)seccomp"),
            Pattern.compile("(?i)signal|notify_resume"));

    /** Makes one. */
    public FirstScreen {
        consequences = List.copyOf(consequences);
        archs = List.copyOf(archs);
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    /**
     * What follows for who uses the kernel, once, with everywhere it follows from.
     *
     * @param kind {@code changed} or {@code race-window}
     * @param broken whether a changelog promises that it does not happen
     * @param undone whether a later patch undoes all of it
     * @param where patches and architectures, in words
     * @param findings their numbers
     */
    public record Consequence(
            String sentence, String kind, boolean broken, boolean undone, String where, List<Integer> findings) {
        /** Makes one. */
        public Consequence {
            findings = List.copyOf(findings);
        }
    }

    /** A patch: 0 and no number to show for the whole series. */
    public record Step(int patch, String name, String title, List<Cell> cells) {
        /** Makes one. */
        public Step {
            cells = List.copyOf(cells);
        }
    }

    /**
     * How a patch came out on an architecture.
     *
     * @param kind of verdict, as style sheets have it
     * @param why where that is not a result, else empty
     * @param promise whether a promise of its changelog is broken
     */
    public record Cell(String arch, String kind, String text, String why, boolean promise) {}

    /** A finding. */
    public record Line(int number, int patch, String arch, String kind, String summary, boolean undone) {}

    /** That of a review. */
    public static FirstScreen of(Review review) {
        List<Numbered> findings = Numbered.of(review);
        WholeSeries whole = new WholeSeries(review);
        Steps names = new Steps(review);
        List<Step> steps = new ArrayList<>();
        review.patches().forEach(p -> steps.add(step(review, p, names.number(p), names.title(p))));
        review.whole().forEach(p -> steps.add(step(review, p, "all", Words.capital(names.together()))));
        return new FirstScreen(
                ranked(review, findings),
                review.architectures(),
                steps,
                findings.stream()
                        .map(f -> new Line(
                                f.number(),
                                f.patch(),
                                f.arch(),
                                key(f.finding().kind()),
                                Words.clean(f.finding().summary()),
                                whole.fate(f) == Fate.UNDONE))
                        .toList());
    }

    private static boolean breaksPromise(PatchReview patch) {
        return patch.claims().stream().anyMatch(c -> c.standing() == Standing.FAILS);
    }

    /** What some findings mean, ranked. */
    public static List<Consequence> ranked(Review review, List<Numbered> findings) {
        Set<Integer> broken = new TreeSet<>();
        review.patches().stream().filter(FirstScreen::breaksPromise).forEach(p -> broken.add(p.number()));
        return consequences(findings, new WholeSeries(review), broken);
    }

    private static List<Consequence> consequences(List<Numbered> findings, WholeSeries whole, Set<Integer> broken) {
        Map<String, List<Numbered>> alike = new LinkedHashMap<>();
        for (Numbered f : findings) {
            String consequence = f.finding().cause().consequence();
            String sentence = Words.clean(f.sentence() + (consequence.isEmpty() ? "" : ", so " + consequence));
            alike.computeIfAbsent(key(f.finding().kind()) + "\0" + sentence, _ -> new ArrayList<>())
                    .add(f);
        }
        List<Consequence> out = new ArrayList<>();
        alike.forEach((key, all) -> out.add(new Consequence(
                key.substring(key.indexOf('\0') + 1),
                key.substring(0, key.indexOf('\0')),
                all.stream().anyMatch(f -> broken.contains(f.patch())),
                all.stream().allMatch(f -> whole.fate(f) == Fate.UNDONE),
                where(all),
                all.stream().map(Numbered::number).toList())));
        out.sort(Comparator.comparing(Consequence::undone)
                .thenComparing(c -> !c.kind().equals("changed"))
                .thenComparingInt(FirstScreen::seenBy)
                .thenComparing(c -> !c.broken()));
        return out;
    }

    private static int seenBy(Consequence c) {
        for (int i = 0; i < SEEN_BY.size(); i++) {
            if (SEEN_BY.get(i).matcher(c.sentence()).find()) {
                return i;
            }
        }
        return SEEN_BY.size();
    }

    private static String where(List<Numbered> all) {
        List<Integer> patches = all.stream()
                .map(Numbered::patch)
                .filter(n -> n > 0)
                .distinct()
                .sorted()
                .toList();
        Set<String> archs = all.stream().map(Numbered::arch).collect(Collectors.toCollection(TreeSet::new));
        return (patches.isEmpty() ? "the whole series" : Words.patches(patches)) + ", " + String.join(" and ", archs);
    }

    private static Step step(Review review, PatchReview patch, String name, String title) {
        List<Cell> cells =
                review.architectures().stream().map(a -> cell(patch, a)).toList();
        return new Step(patch.number(), name, Words.clean(title), cells);
    }

    /** The verdict that leaves most to look at, of all configurations. */
    private static Cell cell(PatchReview patch, String arch) {
        List<Unit> units =
                patch.units().stream().filter(u -> u.arch().equals(arch)).toList();
        Verdict worst = units.stream()
                .map(Unit::verdict)
                .max(Comparator.comparingInt(FirstScreen::weight))
                .orElse(Verdict.NOT_REVIEWED);
        String why = worst == Verdict.NOT_REVIEWED || worst == Verdict.NOT_ANALYSED
                ? units.stream()
                        .filter(u -> u.verdict() == worst)
                        .flatMap(u -> u.reasons().stream())
                        .map(Words::clean)
                        .findFirst()
                        .orElse("")
                : "";
        return new Cell(Words.clean(arch), key(worst), worst.text(), why, breaksPromise(patch));
    }

    private static int weight(Verdict verdict) {
        return switch (verdict) {
            case NOT_BUILT -> 0;
            case EQUIVALENT -> 1;
            case EQUAL_WITHIN_BOUND, EQUIVALENT_UNLESS -> 2;
            case NOT_REVIEWED -> 3;
            case NOT_ANALYSED -> 4;
            case RACE_WINDOW -> 5;
            case CHANGED -> 6;
        };
    }

    private static String key(Verdict verdict) {
        return verdict.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
