// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailSource;

/** Cases of real lists that need a few mails each; the numbers are those of the list of cases that assembly must get right. */
final class NumberedCasesTest {
    private static final String BASE = "Message-ID: <c@x>\nFrom: Jo <jo@x.org>\n";

    private static Assembly assemble(Message... mails) {
        return SeriesAssembler.assemble(List.of(mails));
    }

    private static List<String> shape(Assembly assembly) {
        return assembly.series().stream()
                .map(s -> "v" + s.version() + " " + s.patches().size() + "/" + s.total() + " " + s.missing())
                .toList();
    }

    /** Case 2. */
    @Test
    void aPartBetweenTwoPartsStandsBetweenThem() {
        Assembly all = assemble(
                Mail.cover("c@x", "[PATCH 0/2] all"),
                Mail.patch("2@x", "[PATCH 2/2] two", "c@x"),
                Mail.patch("1@x", "[PATCH 1/2] one", "c@x"),
                Mail.patch("h@x", "[PATCH 1.5/2] a half", "c@x"));
        assertThat(all.series()).hasSize(1);
        assertThat(all.series().getFirst().patches()).extracting(Patch::title).containsExactly("one", "a half", "two");
    }

    /** Case 5: what is counted as a cover is one, also with a diff in it. */
    @Test
    void aCoverMayHoldADiff() {
        Assembly all = assemble(
                Mail.patch("c@x", "[PATCH 0/1] all, as one diff"), Mail.patch("1@x", "[PATCH 1/1] one", "c@x"));
        assertThat(shape(all)).containsExactly("v1 1/1 []");
        assertThat(all.series().getFirst().cover()).extracting(Message::id).containsExactly(new MessageId("c@x"));
    }

    /** Case 5: nothing to apply is no series, and is told. */
    @Test
    void whatIsCalledPatchMayHoldNone() {
        Assembly all = assemble(Mail.cover("a@x", "[PATCH] forgot to attach it"));
        assertThat(all.series()).isEmpty();
        assertThat(all.unassembled()).extracting(Unassembled::reason).containsExactly(Unassembled.Reason.NO_DIFF);
    }

    /** Case 5. */
    @ParameterizedTest
    @ValueSource(strings = {"[GIT PULL] y", "[GIT PULL v2] y", "[GIT,PULL] y", "[PATCH 0/1] [GIT PULL] y"})
    void aPullRequestIsNeverASeries(String subject) {
        assertThat(assemble(Mail.patch("c@x", subject)).series()).isEmpty();
    }

    /** Case 6: the signature is a part beside the signed one, whose bytes are those of the patch. */
    @ParameterizedTest
    @ValueSource(strings = {"", "quoted-printable", "base64"})
    void aSignedMailHoldsItsPatch(String coding) {
        String text = switch (coding) {
            case "base64" -> Base64.getMimeEncoder().encodeToString(Mail.PATCH.getBytes(StandardCharsets.UTF_8));
            case "quoted-printable" -> Mail.PATCH.replace("=", "=3D");
            default -> Mail.PATCH;
        };
        Message mail = Mail.of("a@x", "[PATCH] x")
                .with("Content-Type: multipart/signed; micalg=pgp-sha512; protocol=\"application/pgp-signature\";"
                        + " boundary=\"sig\"")
                .body("--sig\nContent-Type: text/plain; charset=us-ascii\n"
                        + (coding.isEmpty() ? "" : "Content-Transfer-Encoding: " + coding + "\n")
                        + "\n" + text + "\n--sig\nContent-Type: application/pgp-signature; name=\"signature.asc\"\n\n"
                        + "-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n\n--sig--\n")
                .read();
        assertThat(new String(Patch.of(mail).diff(), StandardCharsets.UTF_8)).isEqualTo(Mail.DIFF);
        assertThat(MailKind.of(mail)).isEqualTo(MailKind.POSTING);
    }

    /** Case 6: no character set is declared, and none is needed for the bytes. */
    @Test
    void withoutACharacterSetTextIsUtf8() {
        String text = "Größe.\n---\n" + Mail.DIFF.replace("zwei", "zwölf");
        Message mail = Mail.of("a@x", "[PATCH] x").body(text).read();
        assertThat(Patch.of(mail).changelog()).isEqualTo("Größe.");
        assertThat(new String(Patch.of(mail).diff(), StandardCharsets.UTF_8))
                .isEqualTo(Mail.DIFF.replace("zwei", "zwölf"));
        assertThat(mail.problems()).isEmpty();
    }

    /** Case 7: neither blob hashes nor, from quilt, git's own header. */
    @Test
    void aDiffWithoutAnIndexLineIsWhole() {
        String diff = Mail.DIFF.replaceAll("(?m)^index .*\n", "");
        assertThat(diff).doesNotContain("index ").startsWith("diff --git ");
        Message mail = Mail.of("a@x", "[PATCH] x").body("Why.\n---\n" + diff).read();
        assertThat(new String(Patch.of(mail).diff(), StandardCharsets.UTF_8)).isEqualTo(diff);
    }

    /** Case 9: in whatever order they come. */
    @Test
    void aLateCoverJoinsAFullSet() {
        Message one = Mail.patch("r-1-a@x", "[PATCH 1/2] one", "r-0-a@x");
        Message two = Mail.patch("r-2-a@x", "[PATCH 2/2] two", "r-0-a@x");
        Message cover = Mail.cover("r-0-a@x", "[PATCH 0/2] all");
        Assembly early = assemble(cover, one, two);
        assertThat(shape(early)).containsExactly("v1 2/2 []");
        assertThat(early.series().getFirst().title()).isEqualTo("all");
        assertThat(assemble(two, one, cover)).isEqualTo(early);
        assertThat(assemble(one, cover, two, one, cover)).isEqualTo(early);
    }

    /** Case 10: all mails of these tests are of one sender and one minute. */
    @Test
    void twoSeriesOfOneMinuteInTwoThreadsAreTwo() {
        Assembly all = assemble(
                Mail.cover("c@x", "[PATCH 0/2] these"),
                Mail.cover("d@x", "[PATCH 0/2] those"),
                Mail.patch("d1@x", "[PATCH 1/2] three", "d@x"),
                Mail.patch("c1@x", "[PATCH 1/2] one", "c@x"),
                Mail.patch("c2@x", "[PATCH 2/2] two", "c@x"),
                Mail.patch("d2@x", "[PATCH 2/2] four", "d@x"));
        assertThat(shape(all)).containsExactly("v1 2/2 []", "v1 2/2 []");
        assertThat(all.series())
                .extracting(s -> s.patches().getFirst().title())
                .containsExactlyInAnyOrder("one", "three");
        assertThat(all.topics()).hasSize(2);
    }

    /** Case 12: under the cover, a patch, or nothing; a single patch is in another test. */
    @ParameterizedTest
    @CsvSource({"c@x", "2@x", "''"})
    void aNewVersionIsAVersionWhereverItIsThreaded(String under) {
        String[] above = under.isEmpty() ? new String[0] : new String[] {under};
        Assembly all = assemble(
                Mail.cover("c@x", "[PATCH 0/2] x: tidy up"),
                Mail.patch("1@x", "[PATCH 1/2] x: one", "c@x"),
                Mail.patch("2@x", "[PATCH 2/2] x: two", "c@x"),
                Mail.cover("vc@x", "[PATCH v2 0/2] x: tidy up", above),
                Mail.patch("v1@x", "[PATCH v2 1/2] x: one", "vc@x"),
                Mail.patch("v2@x", "[PATCH v2 2/2] x: two", "vc@x"));
        assertThat(shape(all)).containsExactly("v1 2/2 []", "v2 2/2 []");
        assertThat(all.topics()).hasSize(1);
    }

    /** Case 15. */
    @Test
    void onePatchSentThreeTimesIsThreePostingsOfOneTopic() {
        Assembly all = assemble(
                Mail.patch("a@x", "[PATCH] x: fix it"),
                Mail.patch("b@x", "[PATCH RESEND] x: fix it"),
                Mail.patch("c@x", "[PATCH] x: fix it"));
        assertThat(shape(all)).containsExactly("v1 1/1 []", "v1 1/1 []", "v1 1/1 []");
        assertThat(all.topics()).extracting(t -> t.series().size()).containsExactly(3);
    }

    /** Case 16: all ids of all headers count, and what is no id does not. */
    @Test
    void severalIdsAndHeadersAreRead() {
        Message part = Mail.of("b@x", "[PATCH 1/1] y")
                .with("In-Reply-To: <other@x> (Jo's message) <c@x>")
                .with("In-Reply-To: <third@x>")
                .with("References: <first@x>\n\t<second@x>,<no id>")
                .with("References: <c@x>")
                .body(Mail.PATCH)
                .read();
        assertThat(part.inReplyTo()).extracting(MessageId::value).containsExactly("other@x", "c@x", "third@x");
        assertThat(part.references()).extracting(MessageId::value).containsExactly("first@x", "second@x", "c@x");
        assertThat(shape(assemble(Mail.cover("c@x", "[PATCH 0/1] x"), part))).containsExactly("v1 1/1 []");
    }

    /** Case 17. */
    @Test
    void aSeriesOf370PartsSaysWhichOnesAreMissing() {
        List<Message> mails = new ArrayList<>(List.of(Mail.cover("0@x", "[PATCH 000/370] all")));
        IntStream.rangeClosed(1, 370)
                .filter(n -> n != 7 && n != 369)
                .forEach(n -> mails.add(Mail.patch(n + "@x", "[PATCH %03d/370] p%d".formatted(n, n), "0@x")));
        assertThat(shape(SeriesAssembler.assemble(mails))).containsExactly("v1 368/370 [7, 369]");
    }

    /** Case 18: the cover's word comes before that of the first patch. */
    @Test
    void theBaseIsReadOfTheCoverOrTheFirstPatch() {
        String base = "base-commit: " + "1".repeat(40) + "\n";
        Message patch = Mail.of("1@x", "[PATCH 1/1] x")
                .answers("c@x")
                .body(Mail.PATCH + base.replace('1', '2'))
                .read();
        Message cover = MailSource.readMessage(
                (BASE + "Subject: [PATCH 0/1] y\n\nText\n\n" + base).getBytes(StandardCharsets.UTF_8));
        assertThat(assemble(cover, patch).series().getFirst().base())
                .isEqualTo(new BaseHint.Commit("1".repeat(40), List.of()));
        Message plain = Mail.cover("c@x", "[PATCH 0/1] y");
        assertThat(assemble(plain, patch).series().getFirst().base())
                .isEqualTo(new BaseHint.Commit("2".repeat(40), List.of()));
    }

    /** Case 18: what a patch's code says of a version is not said of its base. */
    @Test
    void aVersionInCodeIsNoBase() {
        String above = "This is based on v6.18-rc3.\n---\n";
        Message said = Mail.of("a@x", "[PATCH] x").body(above + Mail.DIFF).read();
        Message written = Mail.of("b@x", "[PATCH] y")
                .body("Why.\n---\n" + Mail.DIFF.replace("zwei", "based on 6.1"))
                .read();
        assertThat(assemble(said).series().getFirst().base()).isEqualTo(new BaseHint.VersionName("v6.18-rc3"));
        assertThat(assemble(written).series().getFirst().base()).isEqualTo(new BaseHint.None());
    }
}
