// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.bot.review.Review.Claim.Kind;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.SeriesAssembler;

class ClaimFinderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "No functional changes intended.",
                "no functional change",
                "No intended functional changes.",
                "NFC",
                "Move the helper (NFC).",
                "This is a non-functional change.",
                "The patch does not change behaviour.",
                "No change in behavior.",
                "The result is functionally equivalent.",
                "This introduces no functional changes.",
                "Doing so achieves full logical equivalence.",
                "There should be no functional\nchange.",
                "Rename it; no\n   functional changes are intended, as callers look at the sign."
            })
    void isAClaimOfTheWholePatch(String text) {
        assertThat(ClaimFinder.find("First.\n\n" + text + "\n\nCc: a@b"))
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.kind()).isEqualTo(Kind.NO_FUNCTIONAL_CHANGE);
                    assertThat(c.partial()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This is not a no functional change.",
                "This is no longer functionally equivalent.",
                "He said \"no functional change\" of it.",
                "> No functional change.",
                "Cc: no functional change <a@b>",
                "Is there no functional change?",
                "Add the nfc driver.",
                "The radio speaks NFC today.",
                "This changes behaviour."
            })
    void isNoClaim(String text) {
        assertThat(ClaimFinder.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "There is no functional change to signal delivery; it is late.",
                "No functional change except for the printed text.",
                "This helper is functionally equivalent to direct access on arm64.",
                "Gating the hook introduces no functional changes."
            })
    void speaksOfAPart(String text) {
        assertThat(ClaimFinder.find(text))
                .singleElement()
                .satisfies(c -> assertThat(c.partial()).isTrue());
    }

    @Test
    void readsNumbers() {
        List<FoundClaim> found =
                ClaimFinder.find("So we're talking about avoiding\n21 movqs, and addq. This saves three instructions.");
        assertThat(found).extracting(c -> c.count().getAsInt()).containsExactly(21, 3);
        assertThat(ClaimFinder.find("This does not save 3 instructions. It saves 3 bytes."))
                .isEmpty();
    }

    @Test
    void aQuotationThatEndsLaterIsNotQuotedByHalf() {
        assertThat(ClaimFinder.find("As said: \"It is slow. There is no functional change.\""))
                .extracting(FoundClaim::quote)
                .containsExactly("There is no functional change.");
    }

    @Test
    void quotesAreShort() {
        String text = "word ".repeat(80) + "with no functional change intended " + "word ".repeat(80);
        String quote = ClaimFinder.find(text).getFirst().quote();
        assertThat(quote).hasSizeLessThanOrEqualTo(200).contains("no functional change intended");
    }

    @Test
    void readsTheGenericEntrySeries() throws Exception {
        Path mbox = Path.of(System.getProperty("patchoscope.shared", "/nonexistent"), "corpus/thread-v16.mbox");
        assumeTrue(Files.exists(mbox), "needs the shared corpus");
        TreeMap<Integer, List<String>> found = new TreeMap<>();
        for (Patch patch :
                SeriesAssembler.assemble(MailSource.read(mbox)).newest("v16").patches()) {
            List<String> claims = ClaimFinder.find(patch.changelog()).stream()
                    .map(c -> (c.partial() ? "part: " : "") + c.quote())
                    .toList();
            if (!claims.isEmpty()) {
                found.put(patch.number(), claims);
            }
        }
        assertThat(found.keySet()).containsExactly(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16);
        assertThat(found.get(6)).containsExactly("No functional changes.");
        assertThat(found.get(7)).singleElement().asString().startsWith("part: There is no functional change to signal");
        assertThat(found.get(11)).hasSize(2).last().isEqualTo("No functional changes intended.");
        assertThat(found.get(12)).containsExactly("No functional changes intended");
        assertThat(found.get(13)).hasSize(2).last().isEqualTo("No functional changes.");
        assertThat(found.get(16)).singleElement().asString().startsWith("part: ");
    }
}
