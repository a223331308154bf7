// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.compare.Difference;
import org.patchoscope.semantics.compare.Finding;
import org.patchoscope.semantics.compare.Known;
import org.patchoscope.semantics.compare.ProgramComparison.Result;
import org.patchoscope.semantics.compare.RootVerdict;
import org.patchoscope.semantics.compare.Verdict;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Outcome;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.PathCondition;

/** What may be taken from a comparison of objects that are compiled without inlining. */
class CloserLookTest {
    private static final Verdict TOO_MUCH = new Verdict.NotAnalysed(Set.of("more than 6000 paths"));
    private static final Verdict EQUAL = new Verdict.Equivalent(3);
    private static final Verdict UNKNOWN_CODE = new Verdict.NotAnalysed(Set.of("fsqrt is not lifted"));

    @Test
    void aProofCountsWhereTheFirstLookHadTooManyPaths() {
        CloserLook.Combined both = CloserLook.combine(result(root("f", TOO_MUCH)), result(root("f", EQUAL)));

        assertThat(both.replaced()).containsExactly(root("f", EQUAL));
        assertThat(both.complete()).isTrue();
    }

    @Test
    void aFunctionWhoseCalleesAreAllSettledIsSettled() {
        Result second = new Result(
                Set.of(),
                Map.of(),
                List.of(root("g", EQUAL)),
                List.of(),
                Set.of("f"),
                Map.of(),
                Map.of(),
                Known.NOTHING);

        assertThat(CloserLook.combine(result(root("f", TOO_MUCH)), second).settled())
                .containsExactly("f");
    }

    @Test
    void aSettledFunctionLeansOnWhatTheProofsOfItsCalleesUsed() {
        RootVerdict g = new RootVerdict("g", EQUAL, 0, Set.of(), Set.of("frame:hook", "key:k"));
        RootVerdict h = new RootVerdict("h", EQUAL, 0, Set.of(), Set.of("silent:log"));
        Result second = new Result(
                Set.of(), Map.of(), List.of(g, h), List.of(), Set.of("f"), Map.of(), Map.of(), Known.NOTHING);

        assertThat(CloserLook.combine(result(root("f", TOO_MUCH)), second).leansOn())
                .containsExactlyInAnyOrder("frame:hook", "key:k", "silent:log");
        assertThat(RootWriter.settled("f", OptionalInt.empty(), Set.of("key:k", "frame:hook"))
                        .leansOn())
                .containsExactly("frame:hook", "key:k");
    }

    @Test
    void itIsNotSettledByWhatCouldNotBeAnalysed() {
        Result second = new Result(
                Set.of(),
                Map.of(),
                List.of(root("g", UNKNOWN_CODE)),
                List.of(),
                Set.of("f"),
                Map.of(),
                Map.of(),
                Known.NOTHING);
        CloserLook.Combined both = CloserLook.combine(result(root("f", TOO_MUCH)), second);

        assertThat(both.settled()).isEmpty();
        assertThat(both.complete()).isFalse();
    }

    @Test
    void aProofAboveWhatWasNotDecidedCountsOnlyWhereTheFirstLookTellsOfThat() {
        RootVerdict undecided = root("g", UNKNOWN_CODE);
        Result second = new Result(
                Set.of(),
                Map.of(),
                List.of(undecided, root("f", EQUAL)),
                List.of(),
                Set.of(),
                Map.of(),
                Map.of("f", Set.of("g")),
                Known.NOTHING);

        assertThat(CloserLook.combine(result(root("f", TOO_MUCH)), second).replaced())
                .isEmpty();
        assertThat(CloserLook.combine(result(root("f", TOO_MUCH), undecided), second)
                        .replaced())
                .containsExactly(root("f", EQUAL));
    }

    @Test
    void aFindingThatOnlyTheSecondLookMakesDoesNotCount() {
        assertThat(CloserLook.combine(result(root("f", TOO_MUCH)), result(root("f", changed("lost:hook", 1))))
                        .replaced())
                .isEmpty();
        assertThat(CloserLook.combine(result(root("f", TOO_MUCH)), result(root("f", UNKNOWN_CODE)))
                        .replaced())
                .isEmpty();
    }

    @Test
    void aFindingInFewerCasesIsTakenWhereBothMakeIt() {
        RootVerdict cluttered = root("f", changed("lost:hook", 30));
        RootVerdict clear = root("f", changed("lost:hook", 1));
        RootVerdict another = root("f", changed("gained:hook", 1));

        assertThat(CloserLook.wanted(result(cluttered))).isTrue();
        assertThat(CloserLook.combine(result(cluttered), result(clear)).replaced())
                .containsExactly(clear);
        assertThat(CloserLook.combine(result(cluttered), result(another)).replaced())
                .isEmpty();
    }

    @Test
    void whatTheFirstLookSettledIsNotLookedAtAgain() {
        assertThat(CloserLook.wanted(result(root("f", EQUAL), root("g", UNKNOWN_CODE))))
                .isFalse();
        assertThat(CloserLook.wanted(result(root("f", TOO_MUCH)))).isTrue();
    }

    private static Result result(RootVerdict... roots) {
        return new Result(Set.of(), Map.of(), List.of(roots), List.of(), Set.of(), Map.of(), Map.of(), Known.NOTHING);
    }

    private static RootVerdict root(String name, Verdict verdict) {
        return new RootVerdict(name, verdict, 0, Set.of(), Set.of());
    }

    private static Verdict changed(String group, int cases) {
        Exprs x = new Exprs();
        Path path = new Path(new PathCondition(x), List.of(), new Outcome.Finished(), Map.of(), Set.of());
        Difference example = new Difference(Difference.Kind.EVENTS, List.of(), List.of(), true, path, path, 0, "");
        List<List<Expr>> conditions = IntStream.range(0, cases)
                .mapToObj(i -> List.<Expr>of(x.sym("c" + i, 1)))
                .toList();
        return new Verdict.Changed(List.of(new Finding(group, example, conditions, 0, Map.of(), List.of(), cases)));
    }
}
