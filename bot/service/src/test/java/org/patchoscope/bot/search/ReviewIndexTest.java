// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.bot.search.SearchRequest.Choice;
import org.patchoscope.bot.search.SearchRequest.Sort;
import org.patchoscope.bot.search.SearchResult.Piece;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

class ReviewIndexTest {
    @TempDir
    private Path directory;

    private final Database database = Fixtures.database();
    private final SeriesStore series = new SeriesStore(database, Fixtures.CLOCK);
    private final ReviewStore reviews = new ReviewStore(database, Fixtures.CLOCK);
    private ReviewIndex index;

    @BeforeEach
    void open() throws IOException {
        index = new ReviewIndex(directory, reviews, series);
        reviews.add(series.add(Fixtures.demoSeries()).id(), Fixtures.demoReview());
        index.follow();
    }

    @AfterEach
    void close() throws IOException {
        index.close();
        database.close();
    }

    /** The demo's review has 5 findings and 4 patches. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                        | 8",
                "_TIF_SYSCALL_AUDIT type:finding           | 4",
                "TIF_SYSCALL_AUDIT type:finding            | 4",
                "syscall_audit type:finding                | 4",
                "_tif_syscall_aud* type:finding            | 4",
                "audit_syscall_exit verdict:changed        | 2",
                "verdict:changed -audit_syscall_exit()     | 2",
                "event:audit_syscall_exit                  | 1",
                "event:syscall                             | 4",
                "\"is no longer called\"              | 2",
                "\"any more happen\"                       | 0",
                "verdict:race-window type:finding          | 2",
                "verdict:equivalent OR verdict:race-window | 4",
                "(verdict:equivalent OR verdict:race-window) type:patch | 2",
                "type:patch patch:2..3                     | 2",
                "type:patch patch:>=3                      | 2",
                "date:2026-09                              | 8",
                "date:2026-09-14..2026-09-14               | 8",
                "date:<2026-09-14                          | 0",
                "date:>2025                                | 8",
                "author:mira type:patch                    | 4",
                "author:\"Mira Talvik\" type:patch         | 4",
                "file:arch/arm64/kernel/ptrace.c type:patch | 3",
                "file:ptrace.c type:patch                  | 3",
                "flag:_TIF_SECCOMP                         | 4",
                "function:do_el0_svc type:finding          | 4",
                "fate:stands                               | 2",
                "arm64: ptrace: Do not report a step type:patch | 1",
            })
    void findsWhatIsMeant(String query, int total) throws IOException {
        SearchResult found = search(query);
        assertThat(found.total()).as(query).isEqualTo(total);
    }

    /** However little may be spent and however slow the machine is: what was not looked for is not said to be absent. */
    @Test
    void whatWasNotLookedForIsNotSaidToBeAbsent(@TempDir Path other) throws IOException {
        try (ReviewIndex poor = new ReviewIndex(other, reviews, series, new SearchCost(10))) {
            poor.follow();
            SearchResult refused = poor.search(new SearchRequest("audit_syscall_exit", List.of(), Sort.RELEVANCE, 1));
            assertThat(refused.complete()).isFalse();
            assertThat(refused.hits()).isEmpty();
            assertThat(refused.notes()).singleElement().asString().contains("was not searched");
            SearchResult rare = poor.search(new SearchRequest("zebra", List.of(), Sort.RELEVANCE, 1));
            assertThat(rare.complete()).isTrue();
            assertThat(rare.total()).isZero();
        }
    }

    @Test
    void aReviewThatIsNotInTheIndexYetIsNotSaidToBeAbsent() throws IOException {
        assertThat(search("zebra").complete()).isTrue();
        reviews.add(series.add(Fixtures.series("entry: A zebra", 1)).id(), Fixtures.demoReview());
        SearchResult early = search("zebra");
        assertThat(early.total()).isZero();
        assertThat(early.complete()).isFalse();
        assertThat(early.notes()).singleElement().asString().contains("not looked through yet");
        index.follow();
        assertThat(search("zebra").total()).isPositive();
    }

    @Test
    void marksWhatMatched() throws IOException {
        SearchResult found = search("event:audit_syscall_exit syscall_exit_work");
        assertThat(found.hits().getFirst().title())
                .startsWith(
                        new Piece("syscall_exit_work", true),
                        new Piece("() is no longer called in do_el0_svc()", false));
        List<String> marked = search("_TIF_SYSCALL_AUDIT type:finding").hits().getFirst().snippets().stream()
                .flatMap(List::stream)
                .filter(Piece::match)
                .map(Piece::text)
                .distinct()
                .toList();
        assertThat(marked).containsExactly("_TIF_SYSCALL_AUDIT");
    }

    @Test
    void narrowsDownByAFacetAndSaysWhatIsLeft() throws IOException {
        SearchResult all = search("");
        assertThat(all.facets().stream().filter(f -> f.name().equals("verdict")).findFirst())
                .get()
                .satisfies(f -> assertThat(f.values())
                        .extracting(v -> v.text() + " " + v.count())
                        .containsExactlyInAnyOrder("changed 4", "race-window 3", "equivalent 1"));
        SearchResult some = index.search(new SearchRequest(
                "", List.of(new Choice("verdict", "changed"), new Choice("type", "finding")), Sort.DATE, 1));
        assertThat(some.total()).isEqualTo(2);
        assertThat(some.hits()).allSatisfy(h -> assertThat(h.verdicts()).containsExactly("changed"));
    }

    @Test
    void saysWhatItDidNotUnderstandAndAnswersAnyway() throws IOException {
        assertThat(search("colour:red").notes()).singleElement().asString().startsWith("No field is called colour.");
        assertThat(search("date:yesterday").notes()).singleElement().asString().contains("date:2026-09-14");
        assertThat(search("\"audit").notes()).singleElement().asString().contains("not closed");
        SearchResult loose = search("audit_syscall_exit zebra");
        assertThat(loose.total()).isPositive();
        assertThat(loose.notes()).containsExactly("Nothing has all of these words. This has some of them.");
    }

    @Test
    void suggestsANameThatExists() throws IOException {
        assertThat(search("audit_syscal_exit").suggestion()).isEqualTo("audit_syscall_exit");
        assertThat(search("audit_syscall_exit").suggestion()).isEmpty();
        assertThat(search("syscall_exi*").suggestion()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((((((((((((((((((((((((((((",
                ")",
                "))) OR (((",
                "OR OR OR",
                "- - -",
                "NOT",
                "\"\"",
                "\"",
                ":",
                "::",
                "a:",
                ":a",
                "*",
                "a*",
                "**",
                "arch:",
                "arch:*",
                "date:..",
                "patch:99999999999999999999",
                "patch:1..",
                "version:vv",
                "date:2026-13-45",
                "date:0000",
                "\\",
                "/regex.*/",
                "a~2",
                "a^99999999999",
                "[a TO z]",
                "{a TO *}",
                "\u0000\uffff",
                "\ud800",
                "\udc00x",
                "İstanbul_Iİ",
                "-(",
                "-\"",
                "type:\"",
                "a AND AND b",
                "_ __ ___",
                "𝒜_𝒷"
            })
    void anyTextIsAQuery(String query) throws IOException {
        assertThat(search(query)).isNotNull();
    }

    @Test
    void noQueryTakesItDown() throws IOException {
        long seed = 20261121;
        Random random = new Random(seed);
        String[] pieces = {
            "audit",
            "_TIF_SYSCALL_AUDIT",
            "\"",
            "(",
            ")",
            "-",
            " ",
            " ",
            " OR ",
            "NOT ",
            "*",
            "arch:",
            "date:",
            "2026",
            "..",
            ">=",
            "patch:",
            "function:",
            "\u202e",
            "\ud83d\ude00",
            "a",
            "_",
            ":",
            "file:",
            "exit_work",
            "~",
            "\\"
        };
        for (int i = 0; i < 2_000; i++) {
            String query = random.ints(random.nextInt(40), 0, pieces.length)
                    .mapToObj(p -> pieces[p])
                    .collect(Collectors.joining());
            assertThat(search(query)).as("seed %d, query %s", seed, query).isNotNull();
        }
        String bomb = "a* ".repeat(10_000) + "(".repeat(10_000) + "\"x ".repeat(10_000);
        assertThat(Duration.ofNanos(1_000 * search(bomb).micros())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aSeriesReviewedAgainIsThereOnce() throws IOException {
        reviews.add(1, Fixtures.demoReview());
        index.follow();
        assertThat(search("").total()).isEqualTo(8);
        assertThat(search("").hits().getFirst().review()).isEqualTo(2);
    }

    @Test
    void followsAgainWhereItStopped() throws IOException {
        index.close();
        index = new ReviewIndex(directory, reviews, series);
        assertThat(search("").total()).isEqualTo(8);
        reviews.add(series.add(Fixtures.series("entry: Other", 1)).id(), Fixtures.demoReview());
        index.follow();
        assertThat(search("").total()).isEqualTo(16);
    }

    @Test
    void isBuiltAnewWhileItAnswers() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean wrong = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    wrong.compareAndSet(false, search("").total() != 8);
                } catch (IOException | RuntimeException e) {
                    wrong.set(true);
                }
            }
        });
        for (int i = 0; i < 5; i++) {
            assertThat(index.rebuild()).isEqualTo(1);
        }
        done.set(true);
        reader.join();
        assertThat(wrong).isFalse();
        try (var left = java.nio.file.Files.list(directory)) {
            assertThat(left).hasSize(1);
        }
    }

    private SearchResult search(String query) throws IOException {
        return index.search(new SearchRequest(query, List.of(), Sort.RELEVANCE, 1));
    }
}
