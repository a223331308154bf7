// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.Profiles;

/** A comparison is made once for the same code by the same program, and anew for anything else. */
class DiskResultsTest {
    @TempDir
    private Path directory;

    private final AtomicInteger compared = new AtomicInteger();
    private boolean lasting = true;

    @Test
    void theSameQuestionIsAnsweredFromTheDisk() {
        Unit first = ask("one", "a", "b");
        Unit again = ask("one", "a", "b");

        assertThat(compared).hasValue(1);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void otherCodeAndAnotherProgramAreComparedAnew() {
        ask("one", "a", "b");
        ask("one", "a", "c");
        ask("two", "a", "b");

        assertThat(compared).hasValue(3);
    }

    @Test
    void aResultThatMayBeTheBasesIsAskedForWithTheBase() {
        ask("one", "a", "b", List.of(built("c"), built("d")));
        ask("one", "a", "b", List.of(built("c"), built("e")));
        ask("one", "a", "b", List.of(built("c"), built("d")));

        assertThat(compared).hasValue(2);
    }

    @Test
    void aDamagedFileIsNoAnswer() throws Exception {
        ask("one", "a", "b");
        try (Stream<Path> files = Files.list(directory)) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"verdict\":");
        }
        ask("one", "a", "b");

        assertThat(compared).hasValue(2);
    }

    /** What was found when time was up would be found otherwise with more of it. */
    @Test
    void whatDoesNotLastIsNotKept() {
        lasting = false;
        ask("one", "a", "b");
        assertThat(directory).isEmptyDirectory();

        lasting = true;
        ask("one", "a", "b");
        lasting = false;
        ask("one", "a", "b");
        assertThat(compared)
                .as("the third was kept, and is told though time is up")
                .hasValue(2);
    }

    private Unit ask(String program, String before, String after) {
        return ask(program, before, after, List.of());
    }

    private Unit ask(String program, String before, String after, List<Built> base) {
        var question = new ResultStore.Question(
                new Profiles().shipped("arm64"),
                "base",
                built(before),
                built(after),
                Set.of("f.c"),
                List.of(),
                UnitReviewer.Manner.WHOLE,
                base);
        return new DiskResults(directory, program)
                .of(
                        question,
                        () -> {
                            compared.incrementAndGet();
                            return Unit.unmeasured(
                                    "arm64",
                                    "base",
                                    Review.Verdict.EQUIVALENT,
                                    List.of("f"),
                                    List.of(new Review.Root(
                                            "f", Review.Verdict.EQUIVALENT, 3, List.of(), List.of(), List.of())),
                                    List.of(),
                                    List.of(new Review.Count("f", "instructions", 3, 4)),
                                    List.of("a note"));
                        },
                        () -> lasting);
    }

    private static Built built(String key) {
        return new Built(
                List.of(new BuiltObject("f.o", Path.of("f.o"), key, Set.of("f.c"))),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of());
    }
}
