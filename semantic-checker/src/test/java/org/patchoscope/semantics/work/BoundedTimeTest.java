// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoundedTimeTest {
    // Clocks of this kind may begin anywhere, and run over.
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final BoundedTime time = new BoundedTime(Duration.ofSeconds(1), "the second was up", clock::get);

    @Test
    void workGoesOnUntilTheBoundIsReachedAndNeverAfter() {
        time.check();
        clock.addAndGet(999_999_999);
        assertThat(time.up()).isEmpty();
        clock.incrementAndGet();
        assertThat(time.up()).contains("the second was up");
        assertThatExceptionOfType(TimeIsUp.class)
                .isThrownBy(time::check)
                .satisfies(e -> assertThat(e.why()).isEqualTo("the second was up"));
    }

    @Test
    void whatIsCancelledEndsWhateverTimeIsLeft() {
        time.cancel();
        assertThatExceptionOfType(WorkCancelled.class).isThrownBy(time::check);
        clock.addAndGet(2_000_000_000);
        // Not taken for a bound that was reached: nothing may be told of it.
        assertThatExceptionOfType(WorkCancelled.class).isThrownBy(time::up);
    }
}
