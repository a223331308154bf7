// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchoscope.mail.Mail;
import org.patchoscope.mail.Message;

/** Cases 5 and 9 to 19: which mails make which series. */
final class AssemblyTest {

    private static Assembly assemble(Message... mails) {
        Assembly assembly = SeriesAssembler.assemble(List.of(mails));
        assertThat(SeriesAssembler.assemble(List.of(mails).reversed())).isEqualTo(assembly);
        return assembly;
    }

    private static List<String> shape(Assembly assembly) {
        return assembly.series().stream()
                .map(s -> "v" + s.version() + " " + s.patches().size() + "/" + s.total() + " " + s.missing())
                .toList();
    }

    @Test
    void repliesWithUnquotedDiffsAreSuggestionsAndPullRequestsNothing() {
        Assembly all = assemble(
                Mail.patch("a@x", "[PATCH] x"),
                Mail.patch("b@x", "Re: [PATCH] x", "a@x"),
                Mail.of("c@x", "Re: [PATCH] x")
                        .answers("a@x")
                        .body("> " + Mail.DIFF.replace("\n", "\n> "))
                        .read(),
                Mail.patch("d@x", "a bare diff"),
                Mail.cover("e@x", "[GIT PULL] y"));
        assertThat(shape(all)).containsExactly("v1 1/1 []", "v1 1/1 []");
        assertThat(all.suggestions()).extracting(s -> s.message().id().value()).containsExactly("b@x");
        assertThat(all.unassembled())
                .extracting(Unassembled::reason)
                .containsExactly(Unassembled.Reason.COMMENT, Unassembled.Reason.PULL_REQUEST);
    }

    /** Case 8: the address is the person, however the name is written on that day, and on that machine. */
    @Test
    void severalNamesOfOneAddressAreOneSender() {
        Assembly all = assemble(
                Mail.of("c@x", "[PATCH 0/2] x: tidy up")
                        .from("Jo Doe <jo@x.org>")
                        .body("Why.\n")
                        .read(),
                Mail.of("p@x", "[PATCH 1/2] x: one")
                        .from("\"Doe, Jo (Company)\" <Jo@x.org>")
                        .answers("c@x")
                        .body(Mail.PATCH)
                        .read(),
                Mail.of("q@x", "[PATCH 2/2] x: two")
                        .from("jo@x.org (Jo)")
                        .answers("c@x")
                        .body(Mail.PATCH)
                        .read(),
                Mail.of("r@x", "[PATCH v2] x: tidy up")
                        .from("J. Doe <JO@X.ORG>")
                        .body(Mail.PATCH)
                        .read(),
                Mail.of("s@x", "[PATCH v2] x: tidy up")
                        .from("Jo Doe <other@x.org>")
                        .body(Mail.PATCH)
                        .read());
        assertThat(shape(all)).containsExactlyInAnyOrder("v1 2/2 []", "v2 1/1 []", "v2 1/1 []");
        assertThat(all.topics()).extracting(t -> t.series().size()).containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void missingPartsAreNamedAndAnUncountedRootDoesNotShrinkTheTotal() {
        assertThat(shape(assemble(Mail.patch("a@x", "[PATCH] x"), Mail.patch("b@x", "[PATCH 2/3] y", "a@x"))))
                .containsExactly("v1 2/3 [3]");
    }

    @Test
    void twoCollidingSetsInOneThreadAreTwo() {
        assertThat(shape(assemble(
                        Mail.patch("r-1-a@x", "[PATCH 1/2] x", "q@x"),
                        Mail.patch("r-2-a@x", "[PATCH 2/2] y", "q@x"),
                        Mail.patch("s-1-a@x", "[PATCH 1/2] z", "q@x"),
                        Mail.patch("s-2-a@x", "[PATCH 2/2] w", "q@x"))))
                .containsExactly("v1 2/2 []", "v1 2/2 []");
    }

    @Test
    void differentVersionsAndTreesAreTwoAndUnversionedPartsJoinTheirCover() {
        assertThat(shape(assemble(Mail.patch("a@x", "[PATCH 1/2] x"), Mail.patch("b@x", "[PATCH v2 2/2] y", "a@x"))))
                .containsExactly("v1 1/2 [2]", "v2 1/2 [1]");
        assertThat(assemble(Mail.patch("a@x", "[PATCH net-next 1/2] x"), Mail.patch("b@x", "[PATCH 2/2] y", "a@x"))
                        .series())
                .hasSize(2);
        assertThat(shape(assemble(Mail.cover("a@x", "[PATCH v6 0/1] x"), Mail.patch("b@x", "[PATCH 1/1] y", "a@x"))))
                .containsExactly("v6 1/1 []");
    }

    @Test
    void newVersionsAreLinkedVersionsOfOneTopic() {
        Assembly all = assemble(
                Mail.patch("a@x", "[PATCH] x: do it"),
                Mail.patch("b@x", "[PATCH v2] x: do it", "a@x"),
                Mail.patch("c@x", "[PATCH v3] x: do it"));
        assertThat(all.series()).extracting(Series::version).containsExactly(1, 2, 3);
        assertThat(all.topics()).hasSize(1);
    }

    @Test
    void aPartialRerollIsTheOlderVersionWithThatPartReplaced() {
        Assembly all = assemble(
                Mail.cover("c@x", "[PATCH 0/3] all"),
                Mail.patch("1@x", "[PATCH 1/3] one", "c@x"),
                Mail.patch("2@x", "[PATCH 2/3] two", "c@x"),
                Mail.patch("3@x", "[PATCH 3/3] three", "c@x"),
                Mail.patch("n@x", "[PATCH v2 2/3] two again", "2@x"));
        assertThat(shape(all)).containsExactly("v1 3/3 []", "v2 3/3 []");
        assertThat(all.series().getLast().patches())
                .extracting(p -> p.id().value())
                .containsExactly("1@x", "n@x", "3@x");
    }

    @Test
    void aSeriesInReplyToAPatchStaysApartAndAnExtraPartJoins() {
        Assembly all = assemble(
                Mail.patch("1@x", "[PATCH 1/2] one"),
                Mail.of("b@x", "[PATCH 2/2] other")
                        .from("B <b@x.org>")
                        .answers("1@x")
                        .body(Mail.PATCH)
                        .read(),
                Mail.patch("3@x", "[PATCH 3/2] more", "1@x"));
        assertThat(shape(all)).containsExactlyInAnyOrder("v1 2/2 [2]", "v1 1/2 [1]");
    }

    @Test
    void copiesAreOneAndCrossPostsHaveAllLists() {
        Mail one = Mail.of("a@x", "[PATCH] x")
                .with("List-Id: <l1.vger.kernel.org>")
                .body(Mail.PATCH);
        Mail two = Mail.of("a@x", "[PATCH] x")
                .with("List-Id: <l2.vger.kernel.org>")
                .body(Mail.PATCH);
        Assembly all = assemble(one.read(), two.read());
        assertThat(all.series()).hasSize(1);
        assertThat(all.series().getFirst().lists()).containsExactly("l1@vger.kernel.org", "l2@vger.kernel.org");
        assertThat(all.unassembled()).isEmpty();
    }

    @Test
    void anotherMailUnderTheSameIdIsSetAside() {
        Message other = Mail.of("a@x", "[PATCH] x")
                .body(Mail.DIFF.replace("zwei", "deux"))
                .read();
        assertThat(assemble(Mail.patch("a@x", "[PATCH] x"), other).unassembled())
                .extracting(Unassembled::reason)
                .containsExactly(Unassembled.Reason.DUPLICATE_ID);
    }

    @Test
    void malformedReferencesStillThread() {
        Message part = Mail.of("b@x", "[PATCH 1/1] y")
                .with("In-Reply-To: Message of Monday <c@x>,")
                .with("References: garbage <c@x> <>")
                .body(Mail.PATCH)
                .read();
        assertThat(shape(assemble(Mail.cover("c@x", "[PATCH 0/1] x"), part))).containsExactly("v1 1/1 []");
    }

    @Test
    void aSeriesOf430PartsWorks() {
        List<Message> mails = new ArrayList<>();
        IntStream.rangeClosed(1, 430)
                .forEach(n -> mails.add(Mail.patch(n + "@x", "[PATCH 6.18 %03d/430] p%d".formatted(n, n), "0@x")));
        mails.add(Mail.cover("0@x", "[PATCH 6.18 000/430] all"));
        Series series = SeriesAssembler.assemble(mails).series().getFirst();
        assertThat(series.isComplete()).isTrue();
        assertThat(series.base()).isEqualTo(new BaseHint.VersionName("6.18"));
    }

    @Test
    void theBaseCommitIsRead() {
        String base = "base-commit: 0123456789abcdef0123456789abcdef01234567\nprerequisite-patch-id: aaaaaaaaaa\n";
        Message mail = Mail.of("a@x", "[PATCH] x").body(Mail.PATCH + base).read();
        assertThat(assemble(mail).series().getFirst().base())
                .isEqualTo(new BaseHint.Commit("0123456789abcdef0123456789abcdef01234567", List.of("aaaaaaaaaa")));
    }
}
