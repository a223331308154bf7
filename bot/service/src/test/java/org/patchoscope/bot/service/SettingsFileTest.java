// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.pipeline.ReviewException;

class SettingsFileTest {
    private static final Path SAMPLE = Path.of("..", "..", "deploy", "patchoscope.yaml");

    @Test
    void readsEverySettingByItsName() throws Exception {
        assertThat(SettingsFile.parse("""
                tree: linux
                tokens: [one, "two,three"]
                mail:
                  host: mail.example.org
                  port: 25
                store: {since: 2026-01-01}
                """, "x"))
                .containsExactly(
                        java.util.Map.entry("tree", "linux"),
                        java.util.Map.entry("tokens", "one,two\\,three"),
                        java.util.Map.entry("mail.host", "mail.example.org"),
                        java.util.Map.entry("mail.port", "25"),
                        java.util.Map.entry("store.since", "2026-01-01"));
        assertThat(SettingsFile.parse("", "x")).isEmpty();
    }

    @Test
    void anUnknownKeyIsAMistakeThatIsNamed() {
        assertThatThrownBy(() -> SettingsFile.parse("mail: {hots: a}", "file.yaml"))
                .isInstanceOf(ReviewException.class)
                .hasMessage("no setting is called mail.hots");
        assertThatThrownBy(() -> SettingsFile.parse("tree: a\ntree: b", "f")).isInstanceOf(ReviewException.class);
        assertThatThrownBy(() -> SettingsFile.parse("- a", "f")).isInstanceOf(ReviewException.class);
    }

    /** What the shipped file shows, commented out or not, is all there is. */
    @Test
    void theShippedFileShowsEverySetting() throws Exception {
        SettingsFile.read(SAMPLE);
        String all = Files.readString(SAMPLE).replaceAll("(?m)^( *)# ([a-z]+:)", "$1$2");
        assertThat(SettingsFile.parse(all, "sample").keySet()).isEqualTo(SettingsFile.known(ServiceConfig.class, ""));
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() {
        assertThat(SettingsFile.variable("mail.host")).isEqualTo("PATCHOSCOPE_SERVICE_MAIL_HOST");
    }
}
