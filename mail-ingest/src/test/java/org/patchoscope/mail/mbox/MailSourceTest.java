// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.mbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.Assembly;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;

/** Where mail comes from, and what people are told when it is none. */
final class MailSourceTest {

    private static final String HEX = "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001";

    private static List<Message> read(String text) throws MailInputException {
        return MailSource.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "stdin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From jo@x.org Mon Jun 29 21:05:58 2026    | From here",
                "From mboxrd@z Mon Jun 29 21:05:58 2026    | From here",
                "From git@z Thu Jan  1 00:00:00 1970       | >From here",
                HEX + " | >From here"
            })
    void everyMboxKindIsSplitAndUnescaped(String separator, String line) throws Exception {
        String mail = separator + "\nSubject: a\n\n>From here\nFrom there\n\n";
        List<Message> mails = read(mail + mail);
        assertThat(mails).hasSize(2);
        assertThat(mails).allSatisfy(m -> assertThat(m.body()).isEqualTo(line + "\nFrom there\n"));
    }

    @Test
    void aFolderOfFormatPatchFilesIsOneSeries(@TempDir Path folder) throws Exception {
        for (int n = 1; n <= 2; n++) {
            Files.writeString(
                    folder.resolve("000" + n + "-x.patch"),
                    HEX + "\nFrom: A" + n + " <a" + n + "@x.org>\nSubject: [PATCH " + n + "/2] x\n\n" + Mail.PATCH);
        }
        Series series = SeriesAssembler.assemble(MailSource.read(folder)).newest("folder");
        assertThat(series.isComplete()).isTrue();
        assertThat(series.patches()).extracting(Patch::author).containsExactly("A1 <a1@x.org>", "A2 <a2@x.org>");
    }

    @ParameterizedTest
    @CsvSource({"'', EMPTY", "'  \n', EMPTY", "'hello\n', NOT_MAIL", "'diff --git a/x b/x\n', NOT_MAIL"})
    void otherInputIsNamed(String text, MailInputException.Kind kind) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        MailInputException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageStartingWith("stdin: ");
    }

    @Test
    void mailWithoutAnyPatchIsNamed() throws Exception {
        Assembly assembly = SeriesAssembler.assemble(read("From: a@x\nSubject: hi\n\nhello\n"));
        assertThatThrownBy(() -> assembly.newest("stdin")).hasMessageContaining("no patch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a+b@x.org",
                "<A+b@x.org>",
                "id:a+b@x.org",
                "rfc822msgid:<a+b@x.org>",
                "https://lore.kernel.org/all/a%2Bb@x.org/",
                "https://lore.kernel.org/r/a+b@x.org",
                "https://lore.kernel.org/all/a+b@x.org/T/#t",
                "https://patchwork.kernel.org/project/p/patch/a+b@x.org/"
            })
    void anIdIsReadInAllSpellings(String text) {
        assertThat(MessageId.parse(text)).contains(new MessageId("a+b@x.org"));
    }
}
