// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchoscope.bot.report.Leaning;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.Steps;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** The table of patches with a verdict per architecture. */
final class TextTable {
    private static final int GAP = 3;
    private static final int CELL = 15;
    private static final int NUMBER = 5;

    private final Review review;
    private final List<Numbered> findings;
    private final Page page;
    private final Steps steps;
    private final int cell;
    private final int titleWidth;

    TextTable(Review review, List<Numbered> findings, Page page) {
        this.review = review;
        this.findings = findings;
        this.page = page;
        this.steps = new Steps(review);
        cell = Stream.concat(review.patches().stream(), review.whole().stream())
                .flatMap(p -> p.units().stream())
                .mapToInt(u -> u.verdict().text().length() + GAP)
                .reduce(CELL, Math::max);
        titleWidth = Math.max(20, Page.WIDTH - NUMBER - review.architectures().size() * cell);
    }

    void render() {
        page.gap();
        StringBuilder head = new StringBuilder(pad(steps.column(), NUMBER + titleWidth));
        review.architectures().forEach(a -> head.append(pad(Words.clean(a), cell)));
        page.line(Page.Tone.HEADING, head.toString());
        review.patches().forEach(p -> row(p, steps.number(p), steps.title(p)));
        review.whole().forEach(p -> row(p, "", steps.together()));
    }

    private void row(PatchReview patch, String number, String title) {
        List<String> lines = Words.wrap(title, titleWidth - 2);
        StringBuilder row = new StringBuilder(pad(lines.isEmpty() ? "" : lines.getFirst(), titleWidth));
        review.architectures().forEach(a -> row.append(verdict(patch, a)));
        page.line(" ".repeat(Math.max(0, 3 - number.length())) + number + "  " + row);
        lines.stream().skip(1).forEach(l -> page.line(" ".repeat(NUMBER) + l));
        review.architectures().forEach(a -> others(patch, a));
        List<Integer> numbers = findings.stream()
                .filter(f -> f.patch() == patch.number())
                .map(Numbered::number)
                .toList();
        if (!numbers.isEmpty()) {
            page.text(Page.Tone.QUIET, " ".repeat(NUMBER), "see [" + Words.ranges(numbers) + "]");
        }
    }

    private String verdict(PatchReview patch, String arch) {
        return units(patch, arch).stream()
                .findFirst()
                .map(u -> toned(page, u.verdict(), cell))
                .orElse(pad("-", cell));
    }

    /** A verdict in its colour. */
    static String toned(Page page, Verdict verdict, int width) {
        String text = verdict.text();
        return page.toned(tone(verdict), text) + " ".repeat(Math.max(0, width - text.length()));
    }

    private static Page.Tone tone(Verdict verdict) {
        return switch (verdict) {
            case EQUIVALENT -> Page.Tone.AFTER;
            case EQUAL_WITHIN_BOUND, EQUIVALENT_UNLESS -> Page.Tone.WITHIN_BOUND;
            case CHANGED -> Page.Tone.BEFORE;
            case RACE_WINDOW -> Page.Tone.RACE;
            case NOT_ANALYSED, NOT_BUILT, NOT_REVIEWED -> Page.Tone.PLAIN;
        };
    }

    /** Configurations that come out differently from the first, and the bound of what was proven. */
    private void others(PatchReview patch, String arch) {
        List<Unit> units = units(patch, arch);
        if (units.isEmpty()) {
            return;
        }
        Verdict first = units.getFirst().verdict();
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (Unit unit : units) {
            if (unit.verdict() != first
                    && Leaning.bound(unit).isEmpty()
                    && Leaning.premises(unit).isEmpty()) {
                add(lines, unit.verdict().text(), unit);
            }
            String premises = Leaning.premises(unit);
            Leaning.bound(unit)
                    .map(b -> premises + ": " + b)
                    .or(() -> Optional.of(premises).filter(p -> !p.isEmpty()))
                    .ifPresent(b -> add(lines, unit.verdict().text() + b, unit));
        }
        lines.forEach((what, where) -> page.text(
                Page.Tone.QUIET,
                " ".repeat(NUMBER),
                arch + (where.size() == units.size() ? "" : ", " + Words.joined(where)) + ": " + what));
    }

    private static void add(Map<String, List<String>> lines, String what, Unit unit) {
        lines.computeIfAbsent(what, _ -> new ArrayList<>()).add(unit.configuration());
    }

    private static List<Unit> units(PatchReview patch, String arch) {
        return patch.units().stream().filter(u -> u.arch().equals(arch)).toList();
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
