// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.report.text.ComparisonText;
import org.patchoscope.bot.report.text.FunctionText;
import org.patchoscope.bot.report.text.TracingText;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.TracingReport;
import org.patchoscope.bot.review.VersionComparison;
import picocli.CommandLine.Option;

/** How commands that have no page write what they found. */
public final class TextOrJson {
    @Option(names = "--json", description = "Write JSON (schemas in docs/) instead of text.")
    private boolean json;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write to FILE instead of standard output.")
    private @Nullable Path out;

    /** Two versions of a function. */
    public void writeFunction(Review review) throws IOException {
        write(json ? JsonReport.render(review) : FunctionText.render(review, colour()));
    }

    /** What can be traced. */
    public void write(TracingReport report) throws IOException {
        write(json ? JsonReport.render(report) : TracingText.render(report, colour()));
    }

    /** Two series against each other. */
    public void write(VersionComparison comparison) throws IOException {
        write(json ? JsonReport.render(comparison) : ComparisonText.render(comparison, colour()));
    }

    private boolean colour() {
        Console console = System.console();
        return out == null && console instanceof Console c && c.isTerminal() && System.getenv("NO_COLOR") == null;
    }

    private void write(String text) throws IOException {
        if (out != null) {
            Files.writeString(out, text);
        } else {
            System.out.print(text);
            System.out.flush();
        }
    }
}
