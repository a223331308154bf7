// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchoscope.bot.report.text.FunctionText;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.semantics.function.FunctionDiff;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.sandbox.UnsandboxedRunner;
import org.patchoscope.semantics.toolchain.Toolchain;

/**
 * Two versions of a function: every pair of files in {@code functions} is a test on both architectures. The first
 * lines of the old file say what is expected, with which options, and why.
 */
class FunctionReviewTest {
    private static final Toolchain TOOLCHAIN =
            Toolchain.unpack(Path.of(System.getProperty("user.home"), ".cache", "patchoscope", "toolchain"), s -> {});

    @TempDir
    private Path work;

    static List<String> pairs() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(fixtures())) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".old.c"))
                    .map(f -> f.substring(0, f.length() - ".old.c".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Path fixtures() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(FunctionReviewTest.class.getResource("/org/patchoscope/bot/functions"))
                .toURI());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aPairGetsTheVerdictThatAPersonGaveIt(String name) throws Exception {
        Path old = fixtures().resolve(name + ".old.c");
        String expected = header(old, "expect");
        String options = header(old, "options");
        int loops = options.startsWith("--loops ") ? Integer.parseInt(options.substring(8)) : 4;

        Review review = review(old, fixtures().resolve(name + ".new.c"), loops, options.equals("--no-overlap"));

        assertThat(review.patches().getFirst().units()).hasSize(2).allSatisfy(unit -> {
            assertThat(unit.verdict().text().replace(' ', '-'))
                    .as(FunctionText.render(review, false))
                    .isEqualTo(expected);
        });
    }

    @Test
    void theTextHasAVerdictALineAndTheConditionWithAWitness() throws Exception {
        Review review =
                review(fixtures().resolve("off-by-one.old.c"), fixtures().resolve("off-by-one.new.c"), 4, false);

        assertThat(FunctionText.render(review, false))
                .contains("arm64   changed")
                .contains("n = 10");
    }

    @Test
    void whatWasCutAtTheBoundIsSaid() throws Exception {
        Review review = review(fixtures().resolve("recursion.old.c"), fixtures().resolve("recursion.new.c"), 2, false);

        assertThat(FunctionText.render(review, false)).contains("equal within the bound: loops followed for 2 turns");
    }

    @Test
    void aFunctionThatIsNotThereIsRefusedWithThoseThatAre() throws Exception {
        Path old = Files.writeString(work.resolve("old.c"), "int g(void) { return 1; }\n");
        Path now = Files.writeString(work.resolve("new.c"), "int f(void) { return 1; }\n");

        assertThatThrownBy(() -> review(old, now, 4, false)).isInstanceOfSatisfying(ReviewException.class, e -> {
            assertThat(e).hasMessage("old.c does not define f()");
            assertThat(e.advice()).isEqualTo("it defines g");
        });
    }

    @Test
    void whatDoesNotCompileIsRefusedWithTheFirstError() throws Exception {
        Path old = Files.writeString(work.resolve("old.c"), "int f(void) { return x; }\n");

        assertThatThrownBy(() -> review(old, old, 4, false))
                .isInstanceOf(ReviewException.class)
                .hasMessageContaining("old.c does not compile for arm64")
                .hasMessageContaining("undeclared identifier 'x'");
    }

    @Test
    void otherParametersAreNotCompared() throws Exception {
        Path old = Files.writeString(work.resolve("old.c"), "int f(int a) { return a; }\n");
        Path now = Files.writeString(work.resolve("new.c"), "int f(int a, int b) { return a + b; }\n");

        assertThat(review(old, now, 4, false).patches().getFirst().units())
                .allSatisfy(u -> assertThat(u.verdict()).isEqualTo(Verdict.NOT_ANALYSED));
    }

    private static String header(Path file, String name) throws IOException {
        String start = "// " + name + ": ";
        return Files.readAllLines(file).stream()
                .filter(l -> l.startsWith(start))
                .map(l -> l.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    private Review review(Path old, Path now, int loops, boolean disjoint) throws ReviewException {
        var request = new FunctionDiff.Request(old, now, "f", List.of(), loops, disjoint);
        return new FunctionReviewer(TOOLCHAIN, new FunctionDiff(TOOLCHAIN, new UnsandboxedRunner()), "test")
                .review(request, List.of(Target.of("arm64"), Target.of("x86_64")), work);
    }
}
