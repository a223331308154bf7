// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.report.Headline;
import org.patchoscope.bot.report.HowToCheck;
import org.patchoscope.bot.report.Leaning;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.Steps;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Claim;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** A review as plain text of at most 80 columns, for a terminal or a file. */
public final class TextReport {
    private static final Pattern CALLEE = Pattern.compile("what (\\w+)\\(\\), which it calls, returns is not known");
    private static final Pattern PLACES = Pattern.compile(" \\(at [^()]*\\)");

    private final Review review;
    private final Page page;
    private final List<Numbered> findings;
    private final TextFinding writer;

    private final boolean verbose;

    private TextReport(Review review, boolean colour, boolean verbose) {
        this.verbose = verbose;
        this.review = review;
        page = new Page(colour);
        findings = Numbered.of(review);
        writer = new TextFinding(review, page, verbose);
    }

    /**
     * Renders a review.
     *
     * @param colour whether to use terminal colours; nothing is said by colour alone
     */
    public static String render(Review review, boolean colour) {
        return render(review, colour, false);
    }

    /** The same; {@code verbose} names the premises at the functions whose verdicts rest on them. */
    public static String render(Review review, boolean colour, boolean verbose) {
        return new TextReport(review, colour, verbose).render();
    }

    private String render() {
        head();
        new TextTable(review, findings, page).render();
        review.patches().stream().filter(this::hasSomethingToSay).forEach(this::patch);
        new TextWhole(review, findings, page, verbose).render();
        TextBeside.render(review, page);
        howToCheck();
        leansOn();
        if (!review.limits().isEmpty()) {
            page.heading("Not looked at");
            review.limits().forEach(l -> page.text("- ", l));
        }
        return page.toString();
    }

    private void head() {
        String version = review.version() > 1 ? " (v" + review.version() + ")" : "";
        page.text(Page.Tone.HEADING, "", review.title() + version);
        if (!review.author().isBlank()) {
            page.text(Page.Tone.QUIET, "", "by " + review.author());
        }
        page.gap();
        Headline headline = new Headline(review, findings);
        headline.claims().forEach(c -> page.text("", c));
        page.text("", headline.result());
    }

    private boolean hasSomethingToSay(PatchReview patch) {
        return findings.stream().anyMatch(f -> f.patch() == patch.number())
                || !patch.applied().isEmpty()
                || verbose && !Leaning.byFunction(patch).isEmpty()
                || patch.claims().stream().anyMatch(c -> c.standing() != Claim.Standing.HOLDS)
                || patch.units().stream().anyMatch(TextReport::says);
    }

    static boolean says(Unit unit) {
        return !unit.notes().isEmpty()
                || unit.verdict() == Verdict.NOT_ANALYSED
                || unit.verdict() == Verdict.NOT_REVIEWED
                || unit.roots().stream().anyMatch(r -> r.verdict() == Verdict.NOT_ANALYSED)
                || unit.counts().stream().anyMatch(c -> c.before() != c.after())
                || !unit.paths().changed().isEmpty()
                || unit.code().changed()
                || unit.tracing().says();
    }

    private void patch(PatchReview patch) {
        page.heading(new Steps(review).heading(patch));
        patch.applied().forEach(a -> page.text("Applied: ", a));
        for (Claim claim : patch.claims()) {
            page.text("", "The changelog says: \"" + claim.quote() + "\"");
            page.text("  ", Headline.standing(claim.standing()) + " " + Words.sentence(claim.because()));
        }
        findings.stream().filter(f -> f.patch() == patch.number()).forEach(writer::render);
        results(patch, page);
        if (verbose) {
            Leaning.byFunction(patch)
                    .forEach((where, names) -> page.text("  ", "Premises of " + where + ": " + Words.joined(names)));
        }
        TextCounts.render(patch, page, verbose);
        TextTracing.render(patch, page);
    }

    /** What was not analysed and why, and notes; the same words over configurations are said once. */
    static void results(PatchReview patch, Page page) {
        List<String> notes = notes(patch);
        if (!notes.isEmpty()) {
            page.gap();
        }
        notes.forEach(n -> page.text("", n));
    }

    public static List<String> notes(PatchReview patch) {
        var byWords = new LinkedHashMap<String, Set<String>>();
        for (Unit unit : patch.units()) {
            if (unit.verdict() == Verdict.NOT_REVIEWED) {
                add(byWords, "Not reviewed, because " + String.join("; ", unit.reasons()), unit);
            } else if (unit.verdict() == Verdict.NOT_ANALYSED) {
                List<String> why = unit.reasons().isEmpty() ? rootReasons(unit) : unit.reasons();
                String said = why.isEmpty() ? "no reason was recorded" : String.join("; ", why);
                add(byWords, "Not analysed: " + said, unit);
            } else {
                rootReasons(unit).forEach(r -> add(byWords, "Not analysed: " + r, unit));
            }
            besideFindings(unit).forEach(r -> add(byWords, "Not analysed " + r, unit));
            unit.notes().forEach(n -> add(byWords, "Note: " + n, unit));
        }
        return byWords.entrySet().stream()
                .map(e -> Words.sentence(e.getKey() + " (" + String.join("; ", e.getValue()) + ")"))
                .toList();
    }

    /** Why roots were not analysed: what is the same of several, but for the places, is said once. */
    private static List<String> rootReasons(Unit unit) {
        Map<String, Root> open = unit.roots().stream()
                .filter(r -> r.verdict() == Verdict.NOT_ANALYSED)
                .collect(Collectors.toMap(Root::function, r -> r, (r, _) -> r, LinkedHashMap::new));
        var alike = new LinkedHashMap<String, List<Root>>();
        open.values()
                .forEach(r -> alike.computeIfAbsent(inGeneral(r, open), _ -> new ArrayList<>())
                        .add(r));
        return alike.entrySet().stream()
                .map(e -> Words.joined(e.getValue().stream().map(Root::function).toList()) + ": "
                        + (e.getValue().size() == 1 ? why(e.getValue().getFirst()) : e.getKey()))
                .toList();
    }

    /** What could not be analysed of roots that findings are told of. */
    private static List<String> besideFindings(Unit unit) {
        var alike = new LinkedHashMap<String, List<String>>();
        unit.roots().stream()
                .filter(r -> r.verdict() != Verdict.NOT_ANALYSED && !r.reasons().isEmpty())
                .forEach(r -> alike.computeIfAbsent(PLACES.matcher(why(r)).replaceAll(""), _ -> new ArrayList<>())
                        .add(r.function()));
        return alike.entrySet().stream()
                .map(e -> "of " + Words.joined(e.getValue()) + ", besides what is reported: " + e.getKey())
                .toList();
    }

    /** A reason without places; what is not known of a callee, as what is not known of the last one down the calls. */
    private static String inGeneral(Root root, Map<String, Root> open) {
        Set<String> seen = new LinkedHashSet<>();
        Root at = root;
        while (at != null && CALLEE.matcher(why(at)) instanceof Matcher m && m.matches() && seen.add(m.group(1))) {
            at = open.get(m.group(1));
        }
        return seen.isEmpty()
                ? PLACES.matcher(why(root)).replaceAll("")
                : "what " + List.copyOf(seen).getLast()
                        + "() returns is not known, which they call or what they call does";
    }

    private static String why(Root root) {
        return root.reasons().isEmpty() ? "no reason was recorded" : String.join("; ", root.reasons());
    }

    private static void add(Map<String, Set<String>> byWords, String words, Unit unit) {
        byWords.computeIfAbsent(words, _ -> new LinkedHashSet<>()).add(unit.arch() + ", " + unit.configuration());
    }

    private void howToCheck() {
        page.heading("How to check");
        HowToCheck.of(review, findings).forEach(l -> page.text("- ", l));
        for (Review.Configuration configuration : review.configurations()) {
            if (!configuration.settings().isEmpty()) {
                page.text(
                        "- ",
                        "configuration " + configuration.name() + " is " + Words.joined(configuration.settings()));
            }
        }
    }

    private void leansOn() {
        List<Premise> used = Leaning.used(review);
        if (used.isEmpty()) {
            return;
        }
        if (!verbose) {
            page.gap()
                    .text(
                            "",
                            "Rests on " + Words.count(used.size(), "premise") + ": "
                                    + Words.joined(
                                            used.stream().map(Premise::name).toList())
                                    + ". --verbose says what each is.");
            return;
        }
        page.heading("Leans on");
        for (Premise premise : used) {
            List<String> parts = new ArrayList<>(List.of(Words.sentence(premise.text())));
            Stream.of(premise.reason())
                    .filter(r -> !r.isBlank())
                    .map(Words::sentence)
                    .forEach(parts::add);
            page.text(
                    "- ",
                    premise.name() + ": " + String.join(" ", parts)
                            + (premise.source().isBlank() ? "" : " (" + premise.source() + ")"));
        }
    }
}
