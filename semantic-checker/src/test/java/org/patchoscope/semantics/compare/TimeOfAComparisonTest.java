// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.work.BoundedTime;
import org.patchoscope.semantics.work.Limits;
import org.patchoscope.semantics.work.WorkCancelled;
import org.patchoscope.semantics.work.WorkTime;

/** What there is no time for is not analysed, never equal; what there was time for stays. */
@Timeout(120)
class TimeOfAComparisonTest {
    private static final String WHY = "the review's time (60 min) was up";
    private static final Verdict NO_TIME = new Verdict.NotAnalysed(Set.of(WHY));

    @TempDir
    private Path directory;

    @Test
    void functionsComparedBeforeTimeIsUpKeepTheirVerdicts() throws Exception {
        AtomicBoolean up = new AtomicBoolean();
        Map<String, Verdict> verdicts = verdicts(
                "long f(long a) { note(a); return a; } long g(long a) { note(a); return a + 1; }",
                "long f(long a) { note(a + 1); return a; } long g(long a) { note(a); return 1 + a + 1; }",
                () -> up.get() ? Optional.of(WHY) : Optional.empty(),
                function -> up.set(function.equals("g")));

        assertThat(verdicts.get("f")).isInstanceOf(Verdict.Changed.class);
        assertThat(verdicts).containsEntry("g", NO_TIME);
    }

    /** Time is looked at between the questions that a comparison asks, and not only between functions. */
    @Test
    void aComparisonEndsInTheMiddle() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Map<String, Verdict> verdicts = verdicts(
                manyWays(1),
                manyWays(2),
                () -> looks.incrementAndGet() > 20 ? Optional.of(WHY) : Optional.empty(),
                f -> {});

        assertThat(verdicts).containsExactly(Map.entry("f", NO_TIME));
        assertThat(looks).hasValueLessThan(100);
    }

    @Test
    void aCancelledComparisonHasNoResult() {
        var time = new BoundedTime(Duration.ofHours(1), WHY, System::nanoTime);
        assertThatExceptionOfType(WorkCancelled.class)
                .isThrownBy(() -> verdicts(manyWays(1), manyWays(2), time, f -> time.cancel()));
    }

    /** While a relation of results is tried callers are told of it; a try that was not ended says nothing to them. */
    @Test
    void whatWasTriedWhenTimeWasUpIsNotReliedOnByCallers() throws Exception {
        AtomicBoolean up = new AtomicBoolean();
        Map<String, Verdict> verdicts = verdicts(
                "__attribute__((noinline)) int help(long a) { hook((void *)a); return a > 3 ? -1 : 0; }"
                        + " void f(long a) { if (help(a) == 0) note(1); }",
                "__attribute__((noinline)) _Bool help(long a) { hook((void *)a); return a <= 3; }"
                        + " void f(long a) { if (help(a)) note(1); }",
                () -> up.get() ? Optional.of(WHY) : Optional.empty(),
                function -> up.set(true));

        assertThat(verdicts).containsEntry("help", NO_TIME);
        assertThat(verdicts.get("f")).isInstanceOf(Verdict.NotAnalysed.class);
    }

    private Map<String, Verdict> verdicts(
            String before, String after, WorkTime time, java.util.function.Consumer<String> progress) throws Exception {
        return new TwoVersions("arm64", directory)
                .compare(before, after, Limits.REVIEW.within(time), progress).roots().stream()
                        .collect(Collectors.toMap(RootVerdict::root, RootVerdict::verdict));
    }

    private static String manyWays(int last) {
        return "void f(long a) { "
                + IntStream.range(0, 22)
                        .mapToObj(i -> "if (a >> " + i + " & 1) note(" + i + ");")
                        .collect(Collectors.joining(" "))
                + " note(100 + " + last + "); }";
    }
}
