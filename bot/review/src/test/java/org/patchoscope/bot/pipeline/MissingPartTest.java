// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;

/** A series of two whose second mail did not come. */
class MissingPartTest {
    @TempDir
    private Path directory;

    @Test
    void whatComesBeforeTheMissingPartCanBeReviewedAlone() throws Exception {
        ReviewJob job = job(n -> n == 1);

        assertThat(job.parts()).extracting(ReviewJob.Part::number).containsExactly(1);
        assertThat(job.limits()).containsExactly("patches from 2 on: part 2 is missing");
    }

    @Test
    void theWholeSeriesIsRefusedWithWhatCanBeDone() {
        assertThatThrownBy(() -> job(n -> true))
                .isInstanceOf(ReviewException.class)
                .hasMessageContaining("part [2] of 2 is missing")
                .extracting("advice")
                .isEqualTo("add the missing mail to the mbox, or review --only 1-1");
    }

    private ReviewJob job(IntPredicate wanted) throws Exception {
        Path fixture = Path.of(
                Objects.requireNonNull(MissingPartTest.class.getResource("/org/patchoscope/bot/twophase/series.mbox"))
                        .toURI());
        String mails = Files.readString(fixture);
        Path mbox = Files.writeString(
                directory.resolve("series.mbox"), mails.substring(0, mails.lastIndexOf("\nFrom ") + 1));
        Series series = SeriesAssembler.assemble(MailSource.read(mbox)).newest("the fixture's series");
        TreeStore store = new TreeStore(directory.resolve("store"));
        return new JobMaker(store)
                .ofSeries(
                        series,
                        store.add(
                                "twophase",
                                Objects.requireNonNull(fixture.getParent()).resolve("tree")),
                        null,
                        wanted);
    }
}
