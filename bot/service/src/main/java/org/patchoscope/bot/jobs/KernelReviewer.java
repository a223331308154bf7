// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.patchoscope.bot.engine.SeriesReviewer;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;
import org.patchoscope.semantics.kernel.files.KernelBuildException;
import org.patchoscope.semantics.work.WorkTime;

/** Reviews on a registered tree; the series that comes along is reviewed on the miniature that comes along. */
public final class KernelReviewer implements Reviewer {
    private final SeriesReviewer reviewer;
    private final List<String> tree;
    private final SeriesReviewer.Manner manner;

    /**
     * Makes one.
     *
     * @param tree the name of the tree, or nothing: then every series is refused
     */
    public KernelReviewer(SeriesReviewer reviewer, List<String> tree, SeriesReviewer.Manner manner) {
        this.reviewer = reviewer;
        this.tree = List.copyOf(tree);
        this.manner = manner;
    }

    @Override
    public Outcome review(StoredSeries stored, byte[] mails, WorkTime time)
            throws IOException, MailInputException, URISyntaxException {
        try {
            // The miniature compiles without a sandbox. It is for its own series, and never for mail.
            if (stored.source().equals(StoredSeries.DEMO)) {
                return new Outcome.Reviewed(reviewer.demo(time));
            }
            Series series = SeriesAssembler.assemble(MailSource.read(new ByteArrayInputStream(mails), "the store"))
                    .newest("the store");
            return review(series, stored.base(), time);
        } catch (ReviewException e) {
            return new Outcome.Refused(reason(e.kind()), String.valueOf(e.getMessage()));
        } catch (KernelBuildException e) {
            return new Outcome.Refused(Reason.BUILD_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private Outcome review(Series series, String base, WorkTime time) throws IOException, ReviewException {
        if (!series.isComplete()) {
            return new Outcome.Refused(Reason.INCOMPLETE, "part " + series.missing() + " of " + series.total());
        }
        if (!Relevance.SHIPPED.concerns(series)) {
            return new Outcome.Refused(Reason.NOT_ON_ENTRY_PATH, "");
        }
        if (tree.isEmpty()) {
            return new Outcome.Refused(Reason.NO_TREE, "");
        }
        return new Outcome.Reviewed(
                reviewer.review(series, tree.getFirst(), base.isEmpty() ? null : base, manner, time));
    }

    private static Reason reason(ReviewException.Kind kind) {
        return switch (kind) {
            case INCOMPLETE_SERIES -> Reason.INCOMPLETE;
            case NO_BASE -> Reason.BASE_NOT_FOUND;
            case DOES_NOT_APPLY -> Reason.DOES_NOT_APPLY;
            case NO_TREE -> Reason.NO_TREE;
            case NO_SANDBOX -> Reason.NO_SANDBOX;
            case TIME_UP -> Reason.TIME_UP;
            case INPUT -> Reason.INTERNAL;
        };
    }
}
