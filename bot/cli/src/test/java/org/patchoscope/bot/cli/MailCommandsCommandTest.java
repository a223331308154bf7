// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.cli.mail.MailCommand;
import picocli.CommandLine;

/** What {@code mail commands} shows. */
final class MailCommandsCommandTest {
    @TempDir
    private Path folder;

    private String run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThat(new CommandLine(new MailCommand()).execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyCommandWithItsSenderAndState() throws Exception {
        Path mail = Files.writeString(folder.resolve("reply.eml"), """
                Message-ID: <r@x>
                From: Jo <jo@x.org>
                Subject: Re: [PATCH] one
                In-Reply-To: <1@x>
                Date: Mon, 29 Jun 2026 21:05:58 +0800

                patchoscope: dismiss a1 that is what the patch is for
                patchoscope: rerun
                """);
        String store = folder.resolve("store").toString();
        run("import", "--cache", folder.resolve("cache").toString(), "--store", store, mail.toString());
        assertThat(run("commands", "--store", store)).isEqualTo("""
                        waiting  rerun
                                 jo@x.org <r@x>
                        waiting  dismiss a1 that is what the patch is for
                                 jo@x.org <r@x>
                        """);
        assertThat(run("commands", "--store", store, "R@x")).startsWith("waiting  dismiss");
        assertThat(run("commands", "--store", store, "other@x")).isEmpty();
    }
}
