// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.engine.Miniature;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.review.Review;
import org.patchoscope.mail.mbox.MailInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code patchoscope demo}: the whole of it on a miniature kernel that comes along. */
@Command(
        name = "demo",
        description = "Review an embedded miniature kernel's series: no kernel tree, no make, no network needed.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException, ReviewException, MailInputException, URISyntaxException {
        Workspace workspace = common.workspace();
        try (Miniature miniature = Miniature.unpack()) {
            Review review = miniature.review(workspace, Stopwatch.none(), "work");
            report.write(review, System.out);
            System.err.println();
            System.err.println("That was a miniature. On a real tree:");
            System.err.println("  patchoscope tree add linux --debian linux-source-7.2");
            System.err.println("  patchoscope review series.mbox --tree linux");
            System.err.println("What this machine lacks for that: patchoscope doctor");
            return 0;
        }
    }
}
