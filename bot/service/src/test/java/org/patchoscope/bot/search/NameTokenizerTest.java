// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTokenizerTest {
    /** Position:token, in order; a position is said once. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "when audit exits                  | 0:when 1:audit 2:exits",
                "_TIF_SYSCALL_AUDIT                | 0:_tif_syscall_audit 0:tif_syscall_audit 0:=tif_syscall_audit 0:tif 0:tif_syscall 1:syscall 1:syscall_audit 2:audit",
                "syscall_exit_work(regs, flags)    | 0:syscall_exit_work 0:=syscall_exit_work 0:syscall 0:syscall_exit 1:exit 1:exit_work 2:work 3:regs 4:flags",
                "__x                               | 0:__x 0:x",
                "a__b_                             | 0:a__b_ 0:=a__b_ 0:a 0:a_b 1:b",
                "thread_info.flags                 | 0:thread_info 0:=thread_info 0:thread 1:info 2:flags",
                "arch/arm64/kernel/entry.S         | 0:arch 1:arm64 2:kernel 3:entry 4:s",
                "___ - ()                          | ''",
            })
    void takesNamesApart(String text, String tokens) throws IOException {
        assertThat(String.join(" ", tokens(text))).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({"_TIF_SYSCALL_AUDIT set", "a__b_ c", "über_maß x"})
    void offsetsPointAtWhatIsMeant(String text) throws IOException {
        try (NameAnalyzer analyzer = new NameAnalyzer();
                TokenStream stream = analyzer.tokenStream("f", text)) {
            var term = stream.getAttribute(CharTermAttribute.class);
            var offset = stream.getAttribute(OffsetAttribute.class);
            stream.reset();
            int last = 0;
            while (stream.incrementToken()) {
                String meant = text.substring(offset.startOffset(), offset.endOffset());
                assertThat(meant.replaceAll("_+", "_").replaceFirst("^_", ""))
                        .isEqualToIgnoringCase(
                                term.toString().replaceAll("_+", "_").replaceFirst("^[=_]", ""));
                assertThat(offset.startOffset()).isGreaterThanOrEqualTo(last);
                last = offset.startOffset();
            }
            stream.end();
        }
    }

    private static List<String> tokens(String text) throws IOException {
        List<String> out = new ArrayList<>();
        try (NameAnalyzer analyzer = new NameAnalyzer();
                TokenStream stream = analyzer.tokenStream("f", text)) {
            var term = stream.getAttribute(CharTermAttribute.class);
            var step = stream.getAttribute(PositionIncrementAttribute.class);
            stream.reset();
            int position = -1;
            while (stream.incrementToken()) {
                position += step.getPositionIncrement();
                out.add(position + ":" + term);
            }
            stream.end();
        }
        return out;
    }
}
