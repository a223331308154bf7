// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Policy ON = new Policy(
            Policy.Mode.ON,
            Policy.Audience.LIST,
            Policy.Positive.NONE,
            Duration.ofHours(2),
            3,
            Policy.Answers.PAGE,
            Set.of("no@example.org"));

    @TempDir
    private Path directory;

    @Test
    void findingsGoWhereTheListWantsThem() {
        assertThat(Decision.of(ON, with(2)))
                .isEqualTo(new Action.Send(
                        Policy.Audience.LIST,
                        NOW.plus(Duration.ofHours(2)),
                        List.of("2 findings that no later patch is known to undo.")));
    }

    @Test
    void aListWithoutAnEntryIsOnlyShownWhatItWouldGet() {
        assertThat(Decision.of(Policy.NONE, with(1))).isInstanceOf(Action.Preview.class);
    }

    @Test
    void aModeratedListWaitsForAPerson() {
        Policy moderated = new Policy(
                Policy.Mode.MODERATED,
                Policy.Audience.AUTHOR,
                Policy.Positive.NONE,
                Duration.ZERO,
                3,
                Policy.Answers.PAGE,
                Set.of());
        assertThat(Decision.of(moderated, with(1))).isInstanceOf(Action.Moderate.class);
    }

    @Test
    void nothingFoundIsSaidOnlyWhereItIsWantedAndTrue() {
        assertThat(Decision.of(ON, with(0)).reasons())
                .containsExactly("There is no finding.", "The list wants no mail without a finding.");
        Policy positive = new Policy(
                Policy.Mode.ON,
                Policy.Audience.LIST,
                Policy.Positive.AUTHOR,
                Duration.ZERO,
                3,
                Policy.Answers.PAGE,
                Set.of());
        assertThat(Decision.of(positive, with(0)))
                .isInstanceOfSatisfying(
                        Action.Send.class, s -> assertThat(s.to()).isEqualTo(Policy.Audience.AUTHOR));
        Situation open =
                new Situation(NOW, 0, 0, 0, false, false, "jo@example.org", false, false, false, false, false, 0, "");
        assertThat(Decision.of(positive, open)).isInstanceOf(Action.Silence.class);
    }

    @Test
    void whatALaterPatchUndoesIsNoReasonToWrite() {
        Situation undone =
                new Situation(NOW, 0, 3, 0, true, false, "jo@example.org", false, false, false, false, false, 0, "");
        assertThat(Decision.of(ON, undone)).isInstanceOf(Action.Silence.class);
    }

    @Test
    void whatPeopleDoNotWantToldIsNoReasonToWriteNorToSayNothingWasFound() {
        Policy positive = new Policy(
                Policy.Mode.ON,
                Policy.Audience.LIST,
                Policy.Positive.LIST,
                Duration.ZERO,
                3,
                Policy.Answers.PAGE,
                Set.of());
        Situation dismissed =
                new Situation(NOW, 0, 0, 1, true, false, "jo@example.org", false, false, false, false, false, 0, "");
        assertThat(Decision.of(positive, dismissed)).isInstanceOf(Action.Silence.class);
    }

    @Test
    void someAreNeverAnswered() {
        assertThat(silence(new Situation(
                        NOW, 1, 0, 0, true, true, "jo@example.org", true, false, false, false, false, 0, "")))
                .containsExactly("The series was sent by a program; programs are not answered.");
        assertThat(silence(new Situation(
                        NOW, 1, 0, 0, true, true, "no@example.org", false, false, false, false, false, 0, "")))
                .containsExactly("The author wants no mail.");
        assertThat(silence(new Situation(
                        NOW, 1, 0, 0, true, true, "jo@example.org", false, true, false, false, false, 0, "")))
                .containsExactly("A later version has come.");
        assertThat(silence(new Situation(
                        NOW, 1, 0, 0, true, true, "jo@example.org", false, false, false, true, false, 0, "")))
                .containsExactly("This series was answered before.");
        assertThat(silence(new Situation(
                        NOW, 1, 0, 0, true, true, "jo@example.org", false, false, true, false, false, 0, "")))
                .containsExactly("Somebody with the right to asked for no more mail about this topic.");
    }

    @Test
    void anArchiveIsNoOccasionToWrite() {
        Situation old =
                new Situation(NOW, 1, 0, 0, true, true, "jo@example.org", false, false, false, false, true, 0, "");
        assertThat(Decision.of(ON, old)).isInstanceOf(Action.Preview.class);
    }

    @Test
    void whatIsTooMuchForADayWaitsForTheNext() {
        Situation full =
                new Situation(NOW, 1, 0, 0, true, false, "jo@example.org", false, false, false, false, false, 3, "");
        assertThat(Decision.of(ON, full))
                .isInstanceOfSatisfying(
                        Action.Send.class,
                        s -> assertThat(s.notBefore()).isEqualTo(Instant.parse("2026-11-22T00:00:00Z")));
    }

    @Test
    void policiesAreReadAgainAndAMistakeChangesNothing() throws Exception {
        Path file = directory.resolve("lists.yaml");
        Files.writeString(file, "lists:\n  Linux-Entry@example.org: {mode: moderated, delayHours: 1}\n");
        PolicyFile policies = new PolicyFile(List.of(file));
        assertThat(policies.of("linux-entry@example.org").mode()).isEqualTo(Policy.Mode.MODERATED);
        assertThat(policies.of("other@example.org")).isEqualTo(Policy.NONE);
        write(file, "lists:\n  linux-entry@example.org: {mode: on, mode2: off}\n", 1);
        assertThat(policies.of("linux-entry@example.org").mode()).isEqualTo(Policy.Mode.MODERATED);
        write(file, "lists:\n  linux-entry@example.org: {mode: on}\noptedOut: [No@example.org]\n", 2);
        assertThat(policies.of("linux-entry@example.org").mode()).isEqualTo(Policy.Mode.ON);
        assertThat(policies.of("linux-entry@example.org").optedOut()).containsExactly("no@example.org");
    }

    @Test
    void unknownKeysAndBadNumbersAreErrors() {
        assertThatThrownBy(() -> PolicyFile.parse("lists: {a@b: {mod: off}}")).hasMessageContaining("mod");
        assertThatThrownBy(() -> PolicyFile.parse("lists: {a@b: {delayHours: -1}}"))
                .hasMessageContaining("delayHours");
        assertThatThrownBy(() -> PolicyFile.parse("{}")).hasMessageContaining("lists");
    }

    private static void write(Path file, String text, int seconds) throws java.io.IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60L * seconds)));
    }

    private static Situation with(int findings) {
        return new Situation(
                NOW, findings, 0, 0, true, false, "jo@example.org", false, false, false, false, false, 0, "");
    }

    private static List<String> silence(Situation situation) {
        assertThat(Decision.of(ON, situation)).isInstanceOf(Action.Silence.class);
        return Decision.of(ON, situation).reasons();
    }
}
