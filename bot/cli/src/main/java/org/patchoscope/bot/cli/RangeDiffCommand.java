// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.TopicText;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.differ.versions.PatchPair;
import org.patchoscope.differ.versions.RangeDiff;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope range-diff}: which patch became which from one version of a series to another. */
@Command(
        name = "range-diff",
        description = "Set two versions of a series against each other: = same, ! reworked, < dropped, > new.")
final class RangeDiffCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Parameters(
            index = "0",
            paramLabel = "SERIES",
            description = "Mbox, directory, - or the Message-ID of a stored mail; alone, its newest version is compared"
                    + " with the posting before it.")
    private String first = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NEWER", description = "The newer version, likewise.")
    private @Nullable String second;

    @Option(names = "--from", paramLabel = "N", description = "Older version.")
    private int from;

    @Option(names = "--to", paramLabel = "N", description = "Newer version.")
    private int to;

    @Option(
            names = {"-s", "--no-patch"},
            description = "Only say which patch became which.")
    private boolean brief;

    @Override
    public Integer call() throws IOException, ReviewException, MailInputException {
        SeriesSource source = new SeriesSource(mail.location());
        SeriesSource.Named named = source.find(first);
        Series newer = second == null
                ? (to == 0 ? named.versions().getLast() : named.version(to, first))
                : source.find(second).version(to, second);
        Series older = second == null && from == 0 ? before(named, newer) : named.version(from, first);
        System.out.print(text(older, newer));
        return 0;
    }

    private Series before(SeriesSource.Named named, Series newer) throws ReviewException {
        int at = named.versions().indexOf(newer);
        if (at < 1) {
            throw new ReviewException(
                    "only one version is known", first, "name the other one, or import the archive that holds it");
        }
        return named.versions().get(at - 1);
    }

    private String text(Series older, Series newer) {
        StringBuilder out = new StringBuilder();
        head(out, "older", older);
        head(out, "newer", newer);
        List<PatchPair> pairs = RangeDiff.of(older.patches(), newer.patches());
        for (PatchPair pair : pairs) {
            switch (pair) {
                case PatchPair.Same p ->
                    line(
                            out,
                            number(p.before()),
                            '=',
                            number(p.after()),
                            p.after().title());
                case PatchPair.Reworked p -> {
                    line(
                            out,
                            number(p.before()),
                            '!',
                            number(p.after()),
                            p.after().title());
                    if (!brief) {
                        p.difference()
                                .lines()
                                .forEach(l -> out.append("    ").append(l).append('\n'));
                    }
                }
                case PatchPair.Dropped p ->
                    line(out, number(p.before()), '<', "-", p.before().title());
                case PatchPair.Added p ->
                    line(out, "-", '>', number(p.after()), p.after().title());
            }
        }
        return out.toString();
    }

    private static void head(StringBuilder out, String which, Series series) {
        String missing = series.isComplete() ? "" : ", " + series.missing().size() + " missing";
        out.append(TopicText.cut(
                        which + "  v" + series.version() + " of "
                                + series.date().toString().substring(0, 10) + ", "
                                + series.patches().size() + " patches" + missing + "  " + series.root(),
                        80))
                .append('\n');
    }

    private static String number(Patch patch) {
        return String.valueOf(patch.number());
    }

    private static void line(StringBuilder out, String before, char sign, String after, String title) {
        out.append(TopicText.cut(String.format(Locale.ROOT, "%4s %c %4s  %s", before, sign, after, title), 80))
                .append('\n');
    }
}
