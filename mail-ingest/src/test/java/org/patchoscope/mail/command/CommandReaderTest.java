// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;

/** What of a mail is a command, and what only looks like one. */
final class CommandReaderTest {
    private static Message reply(String body) {
        return Mail.of("r@x", "Re: [PATCH] one").answers("1@x").body(body).read();
    }

    private static List<Command> commands(String body) {
        return CommandReader.read(reply(body)).stream()
                .map(WrittenCommand::command)
                .toList();
    }

    @Test
    void readsEveryKindOnePerLine() {
        assertThat(commands("""
                        Thanks, that is intended.

                        patchoscope: dismiss a1b2c3 the tracer is told by  ptrace_stop()
                        patchoscope: assume audit-context-implies-flag
                        Patchoscope: base tip/core/entry
                        PATCHOSCOPE:rerun

                        patchoscope: stop
                        """))
                .containsExactly(
                        new Command.Dismiss("a1b2c3", "the tracer is told by ptrace_stop()"),
                        new Command.Assume("audit-context-implies-flag"),
                        new Command.Base("tip/core/entry"),
                        new Command.Rerun(),
                        new Command.Stop());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> patchoscope: rerun\n",
                "> > patchoscope: rerun\n",
                "| patchoscope: rerun\n",
                " patchoscope: rerun\n",
                "\tpatchoscope: rerun\n",
                "> it says that\npatchoscope: rerun\n> makes it run again\n",
                "Say\npatchoscope: rerun\n",
                "-- \n\npatchoscope: rerun\n",
                "Jo wrote:\n\npatchoscope: rerun\n",
                "-----Original Message-----\nFrom: Jo\n\npatchoscope: rerun\n",
                "---------- Forwarded message ---------\n\npatchoscope: rerun\n",
                "________________________________\nFrom: Jo\n\npatchoscope: rerun\n",
                "To have it again, say \"patchoscope: rerun\".\n",
                "patchoscope rerun\n"
            })
    void takesNothingFromQuotesForwardsSignaturesAndSentences(String body) {
        assertThat(commands(body)).isEmpty();
    }

    @Test
    void takesNothingFromMailOfPrograms() {
        assertThat(CommandReader.read(Mail.of("r@x", "Re: one")
                        .with("Auto-Submitted: auto-replied")
                        .body("patchoscope: rerun\n")
                        .read()))
                .isEmpty();
        assertThat(CommandReader.read(Mail.of("r@x", "Re: one")
                        .from("kernel test robot <lkp@intel.com>")
                        .body("patchoscope: rerun\n")
                        .read()))
                .isEmpty();
    }

    @Test
    void takesNothingFromTheDiffOfAPatchOrBelowIt() {
        String diff = Mail.DIFF.replace("+zwei", "\npatchoscope: rerun");
        assertThat(commands("patchoscope: base v6.18\n\n" + diff + "\npatchoscope: stop\n"))
                .containsExactly(new Command.Base("v6.18"));
    }

    @Test
    void takesNothingFromTextThatOnlyHtmlHas() {
        assertThat(CommandReader.read(Mail.of("r@x", "Re: one")
                        .with("Content-Type: text/html")
                        .body("<p hidden>\n\npatchoscope: stop\n</p>\n")
                        .read()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base",
                "base ../../etc/passwd",
                "base a..b",
                "base --upload-pack=x",
                "base v1 v2",
                "base $(id)",
                "assume",
                "assume a b",
                "dismiss a1b2c3",
                "dismiss",
                "dismiss <b> because",
                "rerun please",
                "stop it",
                "format-disk",
                "''"
            })
    void saysWhatIsWrongWithALineThatIsMeantAsOne(String text) {
        assertThat(commands("patchoscope: " + text + "\n"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.Unclear.class, u -> assertThat(u.why()).isNotBlank());
    }

    @Test
    void aMailFullOfCommandsGivesTwenty() {
        assertThat(commands("patchoscope: rerun\n".repeat(100_000))).hasSize(20);
        assertThat(commands("patchoscope: dismiss a " + "x".repeat(100_000)))
                .singleElement()
                .isInstanceOf(Command.Unclear.class);
    }
}
