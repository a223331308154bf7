// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.report.html.HtmlReport;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.report.text.TextReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.semantics.work.Unexpected;
import picocli.CommandLine.Option;

/** How a review is written, and what the process exits with. */
public final class ReportOptions {
    public static final int EQUIVALENT = 0;
    public static final int FINDINGS = 1;
    public static final int USAGE = 2;
    public static final int NOT_ANALYSED = 3;
    static final int WITHIN_BOUND = 4;

    @Option(names = "--json", description = "Write JSON (docs/report-schema.json) instead of text.")
    private boolean json;

    @Option(names = "--html", description = "Write one self-contained HTML page instead of text.")
    private boolean html;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write the report to FILE instead of standard output.")
    private @Nullable Path out;

    @Option(names = "--verbose", description = "Name the premises of each verdict at its function.")
    private boolean verbose;

    public void write(Review review, PrintStream standardOutput) throws IOException {
        Console console = System.console();
        boolean colour = out == null && console instanceof Console c && c.isTerminal();
        String text = json
                ? JsonReport.render(review)
                : html
                        ? HtmlReport.render(review)
                        : TextReport.render(review, colour && System.getenv("NO_COLOR") == null, verbose);
        if (out != null) {
            Files.writeString(out, text);
        } else {
            standardOutput.print(text);
            standardOutput.flush();
        }
    }

    public static int exitCode(Review review) {
        boolean unexpected = Stream.concat(review.patches().stream(), review.whole().stream())
                .flatMap(p -> p.units().stream())
                .flatMap(u ->
                        Stream.concat(u.reasons().stream(), u.roots().stream().flatMap(r -> r.reasons().stream())))
                .anyMatch(Unexpected::is);
        if (unexpected) {
            return ErrorOutput.STATUS;
        }
        List<Review.Verdict> verdicts = Stream.concat(review.patches().stream(), review.whole().stream())
                .flatMap(p -> p.units().stream())
                .map(Review.Unit::verdict)
                .toList();
        Optional<Review.Verdict> finding = verdicts.stream()
                .filter(v -> v == Review.Verdict.CHANGED || v == Review.Verdict.RACE_WINDOW)
                .findFirst();
        boolean leaves = Stream.concat(review.patches().stream(), review.whole().stream())
                .flatMap(p -> p.units().stream())
                .anyMatch(u -> !u.tracing().leaving().isEmpty());
        if (finding.isPresent() || leaves) {
            return FINDINGS;
        }
        if (verdicts.contains(Review.Verdict.NOT_ANALYSED)
                || verdicts.contains(Review.Verdict.NOT_REVIEWED)
                || verdicts.contains(Review.Verdict.EQUIVALENT_UNLESS)) {
            return NOT_ANALYSED;
        }
        return verdicts.contains(Review.Verdict.EQUAL_WITHIN_BOUND) ? WITHIN_BOUND : EQUIVALENT;
    }
}
