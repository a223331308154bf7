// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalSetsTest {
    private final Flags flags = new Flags(List.of(), Map.of());

    @Test
    void bitsOfASetOfSignalsAreSignals() {
        assertThat(flags.bits("task_struct.pending.signal after ptrace_notify()", 1L << 8))
                .isEqualTo("SIGKILL");
        assertThat(flags.bits("task_struct.blocked at entry", 1L << 4 | 1L << 18))
                .isEqualTo("SIGTRAP | SIGSTOP");
    }

    @Test
    void bitsOfOtherWordsAreNot() {
        assertThat(flags.bits("task_struct.flags", 1L << 8)).isEqualTo("bit 8");
    }
}
