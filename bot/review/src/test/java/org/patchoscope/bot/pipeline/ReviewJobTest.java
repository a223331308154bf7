// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.kernel.SourceState;

class ReviewJobTest {
    private static final SourceState STATE = new SourceState(Path.of("tree"), "base", new TreeMap<>(), new TreeSet<>());

    @Test
    void theWorldOfAReviewHasTheFilesOfThePatchesThatAreReviewed() {
        ReviewJob job = new ReviewJob(
                "A long series",
                1,
                "A",
                "tree",
                List.of(STATE, STATE, STATE, STATE),
                List.of(
                        part(1, "kernel/sched/core.c", "kernel/entry/common.c"),
                        part(2, "kernel/entry/common.c"),
                        part(3, "drivers/gpu/drm.c")),
                new TreeSet<>(List.of("kernel/sched/core.c", "kernel/entry/common.c", "drivers/gpu/drm.c")),
                List.of());

        assertThat(job.of(n -> n == 2).touched()).containsExactly("kernel/entry/common.c");
        assertThat(job.of(n -> n > 1).touched()).containsExactly("drivers/gpu/drm.c", "kernel/entry/common.c");
        assertThat(job.of(n -> true)).isEqualTo(job);
    }

    private static ReviewJob.Part part(int number, String... files) {
        return new ReviewJob.Part(number, "Patch " + number, "", "", List.of(files), List.of(), List.of());
    }
}
