// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators see of the store, and what is kept of what they do. */
class AdminStoreTest {
    private Database database;
    private SeriesStore series;
    private CommandStore commands;
    private AdminStore store;
    private long topic;
    private StoredFinding finding;

    @BeforeEach
    void open() {
        database = kind().open();
        series = new SeriesStore(database, Fixtures.CLOCK);
        commands = new CommandStore(database, Fixtures.CLOCK);
        store = new AdminStore(database, Fixtures.CLOCK);
        ReviewStore reviews = new ReviewStore(database, Fixtures.CLOCK);
        long id = series.add(Fixtures.demoSeries()).id();
        topic = series.find(id).orElseThrow().topic();
        finding = reviews.findings(reviews.add(id, Fixtures.demoReview())).getFirst();
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasAskedForIsSaidWithWhoAskedAndWhy() {
        command("a", new Effect.Dismiss(topic, finding.identity(), "meant so"));
        command("b", new Effect.Assume(topic, "some-assumption"));
        command("c", new Effect.Stop(topic));
        assertThat(store.dismissed(9)).singleElement().satisfies(w -> {
            assertThat(w.subject()).isEqualTo(finding.identity());
            assertThat(w.text()).isEqualTo(finding.summary());
            assertThat(w.reason()).isEqualTo("meant so");
            assertThat(w.sender()).isEqualTo("Jo <jo@example.org>");
            assertThat(w.title()).isNotEmpty();
        });
        assertThat(store.assumed(9)).extracting(AdminStore.Wish::subject).containsExactly("some-assumption");
        assertThat(store.stopped(9)).extracting(AdminStore.Wish::topic).containsExactly(topic);
    }

    @Test
    void aFindingIsToldAgainOnce() {
        command("a", new Effect.Dismiss(topic, finding.identity(), "meant so"));
        assertThat(store.tellAgain(topic, finding.identity())).isTrue();
        assertThat(store.tellAgain(topic, finding.identity())).isFalse();
        assertThat(store.dismissed(9)).isEmpty();
        assertThat(commands.wishes(topic).dismissed()).isEmpty();
    }

    @Test
    void deedsAreKeptTheNewestFirst() {
        store.note("Mira (mira)", "cancelled", "series 1");
        store.note("Mira (mira)", "let go", "reply 2");
        assertThat(store.deeds(9)).extracting(AdminStore.Deed::about).containsExactly("reply 2", "series 1");
        assertThat(store.deeds(1)).hasSize(1);
    }

    private void command(String key, Effect effect) {
        commands.keep(new StoredCommand(
                0,
                key,
                key + "@example.org",
                "s",
                List.of(),
                "Jo <jo@example.org>",
                "jo@example.org",
                0,
                "text",
                Fixtures.NOW,
                Fixtures.NOW,
                "AUTHOR",
                "root",
                0,
                StoredCommand.State.WAITING,
                "",
                Fixtures.NOW));
        commands.end(commands.find(key).orElseThrow().id(), 1, StoredCommand.State.DONE, "done", effect);
    }
}
