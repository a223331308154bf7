// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases 1 to 4: subjects as they occur on real lists. */
final class SubjectLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[RFC v4] x              | 4",
                "[PATCH -v2] x           | 2",
                "[PATCHv5 2/2] x         | 5",
                "[v3 PATCH 1/1] x        | 3",
                "[PATCH 00/33 v6] x      | 6",
                "[PATCH] v3: x           | 3",
                "[PATCH] x (v3)          | 3",
                "[RFC] [PATCH v3] x      | 3",
                "[PATCH v13 RESEND 00/14] x | 13",
                "[PATCH] Support v2 hardware  | 1",
                "[PATCH devicetree] x    | 1",
                "[PATCH v6.18 1/2] x     | 1"
            })
    void versionsAreFoundWherePeopleWriteThem(String subject, int version) {
        assertThat(SubjectLine.parse(subject).version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[PATCH 6.18 000/430] x     | 0  | 430",
                "[PATCH 5.10/5.15 3/3] x    | 3  | 3",
                "[PATCH 34.5/36] x          | 34 | 36",
                "[PATCH net,v6,1/2] x       | 1  | 2",
                "[PATCH 16/15] x            | 16 | 15",
                "[PATCH1/8] x               | 1  | 8",
                "[v2PATCH12/15] x           | 12 | 15",
                "[PATCH 1 of 3] x           | 1  | 3",
                "1/2: x                     | 1  | 2",
                "[patch 00/18] x            | 0  | 18",
                "[PATCH] serial: F81504/508/512 support | 0 | 0",
                "Re: y (was: Re: [PATCH v8 6/6] z) | 0 | 0"
            })
    void countersAreFoundAndOtherFractionsAreNot(String subject, int part, int total) {
        SubjectLine line = SubjectLine.parse(subject);
        assertThat(line.part()).isEqualTo(part);
        assertThat(line.total()).isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Re: ", "RE: ", "Fwd: ", "AW: ", "WG: ", "回复: 回复：", "答复: ", "Forwarded: Re: ", "[EXT] Re: "})
    void repliesInAnyLanguageAreReplies(String mark) {
        SubjectLine line = SubjectLine.parse(mark + "[PATCH v8 6/6] x");
        assertThat(line.reply()).isTrue();
        assertThat(line.title()).isEqualTo("x");
    }

    @Test
    void prefixesAreASetWithoutTheMarks() {
        SubjectLine line = SubjectLine.parse("[RFC PATCH RESEND net-next,bpf v2 1/2] net: x");
        assertThat(line.prefixes()).isEqualTo(List.of("bpf", "net-next"));
        assertThat(line.rfc()).isTrue();
        assertThat(line.resend()).isTrue();
        assertThat(line.title()).isEqualTo("net: x");
    }
}
