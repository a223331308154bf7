// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.Problem;

/** Cases 5 to 8: what is a patch, its exact bytes and its author. */
final class PatchTest {

    private static Patch patch(Message message) {
        return PatchReader.read(message, 1);
    }

    private static String diff(Message message) {
        return new String(patch(message).diff(), StandardCharsets.UTF_8);
    }

    @Test
    void textIsTakenApartAsGitDoes() {
        Patch patch = patch(Mail.patch("a@x", "[PATCH] x: y"));
        assertThat(diff(patch.message())).isEqualTo(Mail.DIFF);
        assertThat(patch.changelog()).isEqualTo("Say why.\n\nSigned-off-by: Jo <jo@x.org>");
        assertThat(patch.trailers()).containsExactly(new Trailer("Signed-off-by", "Jo <jo@x.org>"));
        assertThat(patch.touchedPaths()).containsExactly("kernel/x.c");
    }

    @Test
    void base64WithCrLfKeepsThePatchBytes() {
        String crlf = Mail.PATCH.replace("\n", "\r\n");
        Mail mail = Mail.of("a@x", "[PATCH] x")
                .with("Content-Type: text/plain; charset=y")
                .with("Content-Transfer-Encoding: base64")
                .body(Base64.getMimeEncoder().encodeToString(crlf.getBytes(StandardCharsets.UTF_8)));
        assertThat(diff(mail.read())).isEqualTo(Mail.DIFF);
    }

    /** The text is for people and is decoded; the diff is for files, of which nobody knows the encoding. */
    @Test
    void windows1252IsDecodedInTheTextAndKeptInTheDiff() {
        Charset western = Charset.forName("windows-1252");
        String text = "Grö\u00dfe \u2013 \u201cfast\u201d.\n---\n" + Mail.DIFF.replace("zwei", "zw\u00f6lf \u20ac");
        for (String declared : List.of("windows-1252", "iso-8859-1", "\"Windows-1252\"")) {
            Message mail = Mail.of("a@x", "[PATCH] x")
                    .with("Content-Type: text/plain; charset=" + declared)
                    .with("Content-Transfer-Encoding: 8bit")
                    .body(text.getBytes(western))
                    .read();
            assertThat(patch(mail).changelog()).as(declared).isEqualTo("Grö\u00dfe \u2013 \u201cfast\u201d.");
            assertThat(new String(patch(mail).diff(), western))
                    .isEqualTo(Mail.DIFF.replace("zwei", "zw\u00f6lf \u20ac"));
            assertThat(mail.problems()).isEmpty();
        }
    }

    /** Mailers that ask for a character set were answered "y" by hasty people. */
    @Test
    void aCharsetThatIsNoneIsReadAsUtf8AndSaidToBeNone() {
        for (String declared : List.of("y", "x-unheard-of", "\"\"")) {
            String text = "Gr\u00f6\u00dfe.\n---\n" + Mail.DIFF.replace("zwei", "zw\u00f6lf");
            Message mail = Mail.of("a@x", "[PATCH] x")
                    .with("Content-Type: text/plain; charset=" + declared)
                    .with("Content-Transfer-Encoding: 8bit")
                    .body(text)
                    .read();
            assertThat(patch(mail).changelog()).as(declared).isEqualTo("Gr\u00f6\u00dfe.");
            assertThat(diff(mail)).isEqualTo(Mail.DIFF.replace("zwei", "zw\u00f6lf"));
        }
        Message western = Mail.of("a@x", "[PATCH] x")
                .with("Content-Type: text/plain; charset=y")
                .body("Gr\u00f6\u00dfe.\n".getBytes(Charset.forName("windows-1252")))
                .read();
        assertThat(western.body()).isEqualTo("Gr\u00f6\u00dfe.\n");
        assertThat(western.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.CHARSET);
    }

    @Test
    void aDiffOfAFileWithCrLfKeepsItsCarriageReturns() {
        String diff = Mail.DIFF.replace("two\n", "two\r\n").replace("zwei\n", "zwei\r\n");
        assertThat(diff(Mail.of("a@x", "[PATCH] x").body(diff).read())).isEqualTo(diff);
    }

    @Test
    void quotedPrintableKeepsTrailingBlanks() {
        Mail mail = Mail.of("a@x", "[PATCH] x")
                .with("Content-Transfer-Encoding: quoted-printable")
                .body(Mail.DIFF.replace("=", "=3D").replace("zwei\n", "zw=\nei =20\n"));
        assertThat(diff(mail.read())).isEqualTo(Mail.DIFF.replace("zwei\n", "zwei  \n"));
    }

    @Test
    void flowedTextIsUnstuffed() {
        Mail mail = Mail.of("a@x", "[PATCH] x")
                .with("Content-Type: text/plain; format=flowed")
                .body(Mail.PATCH.replace("\n ", "\n  "));
        assertThat(diff(mail.read())).isEqualTo(Mail.DIFF);
    }

    @Test
    void anAttachedDiffIsThePatchAndTheTextItsChangelog() {
        Mail mail = Mail.of("a@x", "[PATCH] x")
                .with("Content-Type: multipart/mixed; boundary=B")
                .body("--B\nContent-Type: text/plain\n\nWhy.\n--B\nContent-Type: application/octet-stream\n"
                        + "Content-Disposition: attachment; filename=\"x.patch\"\n\n" + Mail.DIFF + "\n--B--\n");
        assertThat(diff(mail.read())).isEqualTo(Mail.DIFF);
        assertThat(patch(mail.read()).changelog()).isEqualTo("Why.");
    }

    @Test
    void anAttachedDiffIsThePatchWhateverItsTypeIsCalled() {
        for (String type : List.of("text/x-patch", "text/x-diff", "application/octet-stream", "text/plain")) {
            for (String coded : List.of("", "base64")) {
                String content = coded.isEmpty()
                        ? Mail.DIFF
                        : Base64.getMimeEncoder().encodeToString(Mail.DIFF.getBytes(StandardCharsets.UTF_8));
                Mail mail = Mail.of("a@x", "[PATCH] x")
                        .with("Content-Type: multipart/mixed; boundary=B")
                        .body("--B\nContent-Type: text/plain\n\nWhy.\n--B\nContent-Type: " + type
                                + "; name=\"0001-x.patch\"\n"
                                + (coded.isEmpty() ? "" : "Content-Transfer-Encoding: base64\n")
                                + "Content-Disposition: attachment; filename=\"0001-x.patch\"\n\n" + content
                                + "\n--B--\n");
                assertThat(diff(mail.read())).as(type + " " + coded).isEqualTo(Mail.DIFF);
                assertThat(patch(mail.read()).changelog()).isEqualTo("Why.");
            }
        }
    }

    @Test
    void anInlineSignatureIsTakenOff() {
        String signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + Mail.DIFF.replace("\n-", "\n- -")
                + "-----BEGIN PGP SIGNATURE-----\n\nabc\n";
        assertThat(diff(Mail.of("a@x", "[PATCH] x").body(signed).read())).isEqualTo(Mail.DIFF);
    }

    @Test
    void quiltDiffsHaveNoGitHeader() {
        String diff = Mail.DIFF.substring(Mail.DIFF.indexOf("--- "));
        Message mail = Mail.of("a@x", "[PATCH] x").body("Why.\n\n" + diff).read();
        assertThat(diff(mail)).isEqualTo(diff);
        assertThat(patch(mail).touchedPaths()).containsExactly("kernel/x.c");
    }

    @Test
    void renamesModesEmptyFilesBinariesAndMissingNewlinesAreWhole() {
        String diff = """
                diff --git a/old name b/new name
                similarity index 100%
                rename from old name
                rename to new name
                diff --git a/run b/run
                old mode 100644
                new mode 100755
                diff --git a/empty b/empty
                new file mode 100644
                index 0000000..e69de29
                diff --git a/bin b/bin
                index 1111111..2222222 100644
                GIT binary patch
                literal 3
                Kc${NkU|;|M00aO5

                literal 2
                Jc${NkU|;|M0

                diff --git "a/\\303\\244" "b/\\303\\244"
                --- "a/\\303\\244"
                +++ "b/\\303\\244"
                @@ -1 +1 @@
                -a
                \\ No newline at end of file
                +b
                \\ No newline at end of file
                """;
        Message mail = Mail.of("a@x", "[PATCH] x").body(diff + "-- \n2.1\n").read();
        assertThat(diff(mail)).isEqualTo(diff);
        assertThat(patch(mail).touchedPaths()).containsExactly("old name", "new name", "run", "empty", "bin", "ä");
    }

    @Test
    void theAuthorIsThePersonBehindTheMail() {
        Mail inBody = Mail.of("a@x", "[PATCH] x").body("From: Jo (Co) <jo@co.org>\n\n" + Mail.PATCH);
        assertThat(patch(inBody.read()).author()).isEqualTo("Jo (Co) <jo@co.org>");
        Mail relay = Mail.of("a@x", "[PATCH] x")
                .from("Jo Doe via B4 Relay <devnull+jo.x.org@kernel.org>")
                .with("Reply-To: jo@x.org")
                .body(Mail.PATCH);
        assertThat(patch(relay.read()).author()).isEqualTo("Jo Doe <jo@x.org>");
    }
}
