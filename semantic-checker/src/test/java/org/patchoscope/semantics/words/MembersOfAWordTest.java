// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Member;
import org.patchoscope.semantics.object.DebugInfo.Structure;
import org.patchoscope.semantics.program.Target;

/** Memory is read in words of 64 bits; a reader hears of the member that a bit of one lies in, and of its own bits. */
class MembersOfAWordTest {
    private static final Structure EVENT = new Structure(
            "rseq_event",
            8,
            List.of(
                    new Member("all", 0, new DebugInfo.Type("u64", 8)),
                    new Member("sched_switch", 0, new DebugInfo.Type("u8", 1)),
                    new Member("ids_changed", 1, new DebugInfo.Type("u8", 1)),
                    new Member("slowpath", 7, new DebugInfo.Type("u8", 1))));
    private static final Structure TASK = new Structure(
            "task_struct",
            16,
            List.of(
                    new Member("usage", 0, new DebugInfo.Type("int", 4)),
                    new Member("flags", 4, new DebugInfo.Type("unsigned int", 4)),
                    new Member("event", 8, new DebugInfo.Type("rseq_event", 8))));

    private final Exprs x = new Exprs();
    private final Words words = new Words(
            new Profiles().shipped(Target.of("arm64").profile()),
            new Layout(new DebugInfo(Map.of(), Map.of("task_struct", TASK, "rseq_event", EVENT), Map.of(), Map.of())),
            Map.of(),
            x);

    private Expr word(long offset) {
        return x.apply("memory@entry", 64, List.of(x.sym("current", 64), x.constant(offset, 64)));
    }

    @Test
    void aBitIsOneOfTheMemberItLiesIn() {
        assertThat(words.condition(x.extract(word(0), 53, 1))).isEqualTo("task_struct.flags at entry has bit 21");
        assertThat(words.condition(x.not(x.extract(word(0), 63, 1)))).isEqualTo("(s32)task_struct.flags at entry >= 0");
        assertThat(words.condition(x.extract(word(0), 3, 1))).isEqualTo("task_struct.usage at entry has bit 3");
    }

    @Test
    void aMaskWithinOneMemberIsOneOfThat() {
        Expr kthread = x.eq(x.and(word(0), x.constant(6L << 52, 64)), x.constant(0, 64));
        Expr both = x.eq(x.and(word(0), x.constant(1L << 32 | 1, 64)), x.constant(0, 64));

        assertThat(words.condition(kthread)).isEqualTo("task_struct.flags at entry has none of 0x600000");
        assertThat(words.condition(both))
                .as("bits of two members are bits of the word")
                .isEqualTo("task_struct.usage at entry has none of 0x100000001");
    }

    @Test
    void aWitnessIsToldByMembers() {
        assertThat(words.parts(word(8), 0x0100_0000_0000_0001L, (e, v) -> "" + v))
                .containsExactly(
                        Map.entry("task_struct.event.sched_switch at entry", "1"),
                        Map.entry("task_struct.event.slowpath at entry", "1"));
        assertThat(words.parts(word(8), 0, (e, v) -> "" + v))
                .containsExactly(Map.entry("task_struct.event.sched_switch at entry", "0"));
    }
}
