// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.KillableDatabase;

/** The same where two processes share PostgreSQL and review side by side, and both are killed. */
class KillPostgresqlTest extends KillTest {
    private Optional<KillableDatabase> server = Optional.empty();

    @BeforeEach
    void startDatabase() {
        server = Optional.of(KillableDatabase.start(folder.resolve("postgresql")));
    }

    @AfterEach
    void stopDatabase() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Override
    int kills() {
        return KILLS / 2;
    }

    @Override
    int workers() {
        return 1;
    }

    @Override
    List<String> address() {
        return List.of(server.orElseThrow().url());
    }

    @Override
    Database open() {
        return Database.open(server.orElseThrow().url(), "postgres", "");
    }
}
