// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.Carried;
import org.patchoscope.bot.store.Carried.Fate;

class CarryingTest {
    private static final String LOST = "audit_syscall_exit() is no longer called in el0_svc()";
    private static final String MOVED = "trace_sys_exit() comes earlier than before in el0_svc()";

    @Test
    void theSameWordsAreTheSameFindingAlsoInAnotherPatch() {
        assertThat(between(
                        new SmallReview().patch(1, LOST),
                        new SmallReview().patch(1).patch(2, LOST),
                        Map.of(1, 2),
                        Set.of(1)))
                .containsExactly(new Carried(Fate.STILL_THERE, 1, 1, ""));
        assertThat(between(
                        new SmallReview().patch(1, LOST),
                        new SmallReview().patch(1).patch(2, LOST),
                        Map.of(),
                        Set.of()))
                .containsExactly(new Carried(Fate.STILL_THERE, 1, 1, "it was in patch 1"));
    }

    @Test
    void ofTwoWithTheSameWordsThePatchDecides() {
        assertThat(between(
                        new SmallReview().patch(1, LOST).patch(2, LOST),
                        new SmallReview().patch(1, LOST).patch(2, LOST),
                        Map.of(1, 2, 2, 1),
                        Set.of()))
                .containsExactly(new Carried(Fate.STILL_THERE, 2, 1, ""), new Carried(Fate.STILL_THERE, 1, 2, ""));
    }

    @Test
    void otherWordsAreTheSameFindingWhereNothingElseCanBe() {
        assertThat(between(new SmallReview().patch(1, LOST), new SmallReview().patch(1, MOVED), Map.of(1, 1), Set.of()))
                .containsExactly(new Carried(Fate.STILL_THERE, 1, 1, "said in other words: " + LOST));
    }

    @Test
    void whereTwoCouldBeNothingIsSaidToBeFixed() {
        assertThat(between(
                        new SmallReview().patch(1, LOST),
                        new SmallReview().patch(1, MOVED, "f() is new in el0_svc()"),
                        Map.of(1, 1),
                        Set.of()))
                .extracting(Carried::fate)
                .containsExactly(Fate.NEW, Fate.NEW, Fate.UNDECIDED);
    }

    @Test
    void inAPatchThatWasRewrittenOtherWordsAreNotTakenForTheSame() {
        SmallReview before = new SmallReview().patch(1, LOST);
        PatchNumbers rewritten = new PatchNumbers(Map.of(), Set.of(), Map.of(1, 1));
        assertThat(Carrying.between(
                        side("v1", before.review(), 1),
                        side("v2", new SmallReview().patch(1, MOVED).review(), 1),
                        rewritten))
                .containsExactly(
                        new Carried(Fate.NEW, 0, 1, "its patch was rewritten"),
                        new Carried(Fate.UNDECIDED, 1, 0, "it may be what [1] is now"));
        assertThat(Carrying.between(
                        side("v1", before.review(), 1),
                        side("v2", new SmallReview().patch(1).review(), 1),
                        rewritten))
                .containsExactly(new Carried(Fate.GONE, 1, 0, "its patch was rewritten"));
    }

    @Test
    void whatIsNotFoundAgainIsFixedAndItIsSaidWhatBecameOfItsPatch() {
        SmallReview two = new SmallReview().patch(1, LOST).patch(2);
        assertThat(between(two, new SmallReview().patch(1), Map.of(1, 1), Set.of()))
                .containsExactly(new Carried(Fate.GONE, 1, 0, "its patch was reworked"));
        assertThat(between(two, new SmallReview().patch(1), Map.of(2, 1), Set.of()))
                .containsExactly(new Carried(Fate.GONE, 1, 0, "its patch was dropped"));
        assertThat(between(two, new SmallReview().patch(1), Map.of(1, 1), Set.of(1)))
                .containsExactly(
                        new Carried(Fate.GONE, 1, 0, "its patch is unchanged: another patch or the base did it"));
    }

    @Test
    void nothingIsFixedWhereItCouldHide() {
        SmallReview before = new SmallReview().patch(1, LOST);
        assertThat(between(before, new SmallReview().patch(1).notAnalysed(2), Map.of(1, 1), Set.of()))
                .containsExactly(new Carried(Fate.UNDECIDED, 1, 0, "not everything was analysed of v2: patch 2"));
        assertThat(Carrying.between(
                        side("v1", before.review(), 1),
                        side("v2", new SmallReview().patch(1).review(), 3),
                        new PatchNumbers(Map.of(1, 1), Set.of(), Map.of())))
                .as("reviewed as far as it applies")
                .containsExactly(new Carried(Fate.UNDECIDED, 1, 0, "not reviewed of v2: patch 2, patch 3"));
        assertThat(Carrying.between(
                        side("v1", before.review(), 1),
                        side("v2", new SmallReview().review("x86_64"), 0),
                        new PatchNumbers(Map.of(), Set.of(), Map.of())))
                .containsExactly(new Carried(Fate.UNDECIDED, 1, 0, "arm64 was not reviewed of v2"));
    }

    @Test
    void whatMayHaveBeenThereIsNotPlainlyNew() {
        assertThat(between(
                        new SmallReview().patch(1).notAnalysed(2),
                        new SmallReview().patch(1, LOST),
                        Map.of(1, 1),
                        Set.of()))
                .containsExactly(new Carried(
                        Fate.NEW, 0, 1, "it may have been there: not everything was analysed of v1: patch 2"));
        assertThat(between(new SmallReview().patch(1), new SmallReview().patch(1, LOST), Map.of(), Set.of()))
                .containsExactly(new Carried(Fate.NEW, 0, 1, "its patch is new"));
    }

    private static List<Carried> between(
            SmallReview older, SmallReview newer, Map<Integer, Integer> patches, Set<Integer> same) {
        Review before = older.review();
        Review after = newer.review();
        return Carrying.between(
                side("v1", before, before.patches().size()),
                side("v2", after, after.patches().size()),
                new PatchNumbers(patches, same, Map.of()));
    }

    private static Side side(String name, Review review, int patches) {
        return Side.of(name, review, IntStream.rangeClosed(1, patches).boxed().toList());
    }
}
