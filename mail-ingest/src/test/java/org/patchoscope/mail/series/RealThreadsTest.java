// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.mbox.MailSource;

/** Four versions of one real series as they arrived on a list, with git as the judge of patch bytes. */
final class RealThreadsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thread-v13.mbox        | 13 | 12 | 12 | arm64: entry: Convert to Generic Entry",
                "thread-v13-resend.mbox | 13 | 14 | 14 | arm64: entry: Convert to Generic Entry",
                "thread-v14.mbox        | 14 | 4  | 3  | arm64: Use generic TIF bits for common thread flags",
                "thread-v16.mbox        | 16 | 18 | 18 | arm64: entry: Convert to Generic Entry"
            })
    void isOneSeriesWithItsPartsAndNoReplies(
            String file, int version, int total, int patches, String title, @TempDir Path folder) throws Exception {
        List<Message> mails = MailSource.read(corpus(file));
        Assembly assembly = SeriesAssembler.assemble(mails);
        assertThat(assembly.series()).hasSize(1);
        Series series = assembly.newest(file);
        assertThat(series.version()).isEqualTo(version);
        assertThat(series.total()).isEqualTo(total);
        assertThat(series.title()).isEqualTo(title);
        assertThat(series.cover()).hasSize(1);
        assertThat(series.author()).isEqualTo("Jinjie Ruan <ruanjinjie@huawei.com>");
        assertThat(series.lists()).contains("linux-s390@vger.kernel.org");
        assertThat(series.patches()).hasSize(patches);
        assertThat(series.missing()).hasSize(total - patches);
        assertThat(series.messages()).noneMatch(m -> m.subject().startsWith("Re:"));
        int others = assembly.unassembled().size() + assembly.suggestions().size();
        assertThat(mails).hasSize(1 + patches + others);
        for (Patch patch : series.patches()) {
            assertSameAsGit(patch, folder);
            assertThat(patch.touchedPaths()).isNotEmpty();
            assertThat(patch.message().problems()).isEmpty();
        }
        List<Message> shuffled = new ArrayList<>(mails);
        Collections.shuffle(shuffled, new Random(16));
        shuffled.addAll(mails);
        assertThat(SeriesAssembler.assemble(shuffled)).isEqualTo(assembly);
    }

    private static void assertSameAsGit(Patch patch, Path folder) throws Exception {
        Path message = folder.resolve("msg");
        Path diff = folder.resolve("patch");
        Process git = new ProcessBuilder("git", "mailinfo", message.toString(), diff.toString())
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("info").toFile())
                .start();
        try (var out = git.getOutputStream()) {
            out.write(patch.message().raw());
        }
        assertThat(git.waitFor()).isZero();
        byte[] judged = Files.readAllBytes(diff);
        String text = new String(judged, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("diff --git ");
        assertThat(patch.diff()).isEqualTo(Arrays.copyOfRange(judged, start, start + patch.diff().length));
        assertThat(text.substring(start + patch.diff().length)).matches("(?s)-- \\n[0-9.]+\\n\\s*|\\s*");
        assertThat(patch.changelog()).isEqualTo(Files.readString(message).strip());
    }

    private static Path corpus(String file) {
        Path path = Path.of(System.getProperty("patchoscope.shared", ""))
                .resolve("corpus")
                .resolve(file);
        assumeTrue(Files.exists(path), "no real mail here");
        return path;
    }
}
