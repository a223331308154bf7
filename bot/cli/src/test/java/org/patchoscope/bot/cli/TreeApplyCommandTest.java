// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code tree apply} says of series. */
final class TreeApplyCommandTest {
    /** What {@code git write-tree} says of one file {@code a} with the lines one, zwei, three. */
    private static final String AFTER = "a643ee749832aecaa9380c7e44b71637ae7154d9";

    @TempDir
    private Path folder;

    private String run(int status, String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThat(new CommandLine(new TreeCommand()).execute(arguments)).isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String mail(String name, String subject, String from) throws IOException {
        return Files.writeString(folder.resolve(name), """
                        Message-ID: <%s@x>
                        From: Jo <jo@x.org>
                        Subject: %s
                        Date: Mon, 29 Jun 2026 21:05:58 +0800

                        Why.
                        ---
                        diff --git a/a b/a
                        --- a/a
                        +++ b/a
                        @@ -1,3 +1,3 @@
                         one
                        -%s
                        +zwei
                         three
                        """.formatted(name, subject, from))
                .toString();
    }

    @Test
    void theTreeAfterTheLastPatchOrWhyThereIsNone() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("a"), "one\ntwo\nthree\n");
        String cache = "--cache=" + folder.resolve("cache");
        run(0, "add", cache, "small", tree.toString());
        String fits = mail("fits", "[PATCH] x", "two");
        String other = mail("other", "[PATCH] y", "deux");
        String half = mail("half", "[PATCH 1/2] z", "two");
        assertThat(run(1, "apply", cache, "small", fits, other, half).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo(fits + " " + AFTER),
                        line -> assertThat(line).startsWith(other + " - patch 1: a, hunk 1: "),
                        line -> assertThat(line).isEqualTo(half + " - parts are missing: [2]"));
    }
}
