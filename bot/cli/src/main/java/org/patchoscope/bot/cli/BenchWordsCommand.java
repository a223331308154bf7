// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.report.ConditionLines;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.json.JsonReader;
import org.patchoscope.bot.report.text.TextReport;
import org.patchoscope.bot.review.Review;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code patchoscope bench words}: how much there is to read in reports. */
@Command(name = "words", description = "Measure what there is to read in reviews, written by review --json.")
final class BenchWordsCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "REVIEW.json", description = "Reviews as JSON.")
    private List<Path> reviews = List.of();

    @Override
    public Integer call() throws IOException, ReviewException {
        List<WordCount> all = new ArrayList<>();
        System.out.printf(
                Locale.ROOT, "%-32s %8s %6s %6s %6s %6s%n", "review", "findings", "also", "tests", "chars", "lines");
        for (Path file : reviews) {
            WordCount count = WordCount.of(read(file));
            all.add(count);
            row(file.getFileName().toString().replaceFirst("\\.json$", ""), count);
        }
        List<WordCount> some = all.stream().filter(c -> c.findings() > 0).toList();
        if (some.size() > 1) {
            row("median of those with findings", WordCount.median(some));
        }
        System.out.printf("%nalso: differences listed under a finding. tests, chars: of the case shown first,%n"
                + "the most of any finding. lines: of the text report.%n");
        return 0;
    }

    private static void row(String name, WordCount c) {
        System.out.printf(
                Locale.ROOT,
                "%-32s %8d %6d %6d %6d %6d%n",
                name.substring(0, Math.min(32, name.length())),
                c.findings(),
                c.also(),
                c.tests(),
                c.characters(),
                c.lines());
    }

    private static Review read(Path file) throws IOException, ReviewException {
        try {
            return JsonReader.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new ReviewException(file + ": " + e.getMessage(), file.toString(), "write it with review --json");
        }
    }

    /** What a reader of one report meets. */
    record WordCount(int findings, int also, int tests, int characters, int lines) {
        static WordCount of(Review review) {
            var findings = Numbered.of(review);
            int also = 0;
            int tests = 0;
            int characters = 0;
            for (var f : findings) {
                also += f.also().size();
                List<String> shown = ConditionLines.of(f.finding().conditions(), 1).lines().stream()
                        .map(ConditionLines.Line::text)
                        .toList();
                tests = Math.max(tests, shown.size());
                characters = Math.max(characters, String.join("", shown).length());
            }
            int lines = (int) TextReport.render(review, false).lines().count();
            return new WordCount(findings.size(), also, tests, characters, lines);
        }

        static WordCount median(List<WordCount> all) {
            return new WordCount(
                    median(all, WordCount::findings),
                    median(all, WordCount::also),
                    median(all, WordCount::tests),
                    median(all, WordCount::characters),
                    median(all, WordCount::lines));
        }

        private static int median(List<WordCount> all, ToIntFunction<WordCount> of) {
            return all.stream()
                    .mapToInt(of)
                    .sorted()
                    .skip((all.size() - 1) / 2)
                    .findFirst()
                    .orElse(0);
        }
    }
}
