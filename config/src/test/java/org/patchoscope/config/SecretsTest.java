// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String SECRET = "pass/wörd&8";
    private final Secrets secrets = Secrets.of(SECRET);

    @Test
    void aSecretIsHiddenHoweverItIsWritten() {
        assertThat(secrets.hide("FATAL: you said " + SECRET + "!")).isEqualTo("FATAL: you said [hidden]!");
        assertThat(secrets.hide("code=pass%2Fw%C3%B6rd%268&x")).isEqualTo("code=[hidden]&x");
        assertThat(secrets.hide("\"pass\\/wörd&8\"")).isEqualTo("\"[hidden]\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "me:", "\0me\0", "somebody:"})
    void soItIsBeneathBase64WhereverItStands(String before) {
        byte[] told = (before + SECRET + "\n").getBytes(StandardCharsets.UTF_8);
        String inside = SECRET.substring(3, 9);
        String hidden = secrets.hide("Basic " + Base64.getEncoder().encodeToString(told));
        assertThat(hidden).startsWith("Basic ").contains("[hidden]");
        String left = hidden.substring(6).replace("[hidden]", "");
        assertThat(new String(Base64.getMimeDecoder().decode(left), StandardCharsets.ISO_8859_1))
                .doesNotContain(inside);
    }

    @Test
    void whatSettingsAreSecretTheirNamesSay() {
        Secrets among = Secrets.among(Map.of(
                "PATCHOSCOPE_SERVICE_TOKENS", "first-token,second-token",
                "patchoscope.service.mail.password", "the-password",
                "PATCHOSCOPE_SERVICE_MAIL_HOST", "mail.example.org",
                "HOME", "/root/at/home"));
        assertThat(among.hide("first-token second-token the-password mail.example.org /root/at/home"))
                .isEqualTo("[hidden] [hidden] [hidden] mail.example.org /root/at/home");
    }

    @Test
    void aPasswordInAnAddressIsHiddenThoughNobodyNamedIt() {
        assertThat(secrets.hide("jdbc:postgresql://db:5432/x?user=me&password=unheard&ssl=true"))
                .isEqualTo("jdbc:postgresql://db:5432/x?user=me&password=[hidden]&ssl=true");
        assertThat(secrets.hide("imaps://me:unheard@mail.example.org/INBOX"))
                .isEqualTo("imaps://me:[hidden]@mail.example.org/INBOX");
        for (String plain : new String[] {
            "http://localhost:8080/r/1",
            "http://[::1]:8080",
            "see https://x.example.org:443",
            "a: b://c",
            "imaps://me@mail.example.org:993/INBOX"
        }) {
            assertThat(secrets.hide(plain)).isEqualTo(plain);
        }
    }

    @Test
    void whatIsTooShortToBeASecretLeavesTextsAsTheyAre() {
        assertThat(Secrets.of("", "a").hide("a cat")).isEqualTo("a cat");
    }
}
