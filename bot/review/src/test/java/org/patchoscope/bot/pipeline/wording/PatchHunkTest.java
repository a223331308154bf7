// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatchHunkTest {
    private static final List<String> FILE = """
            #include <linux/entry.h>

            static __always_inline bool first(struct pt_regs *regs,
                                              long nr)
            {
                    return nr;
            out:
                    return false;
            }

            #define NOISE(x) (x)

            noinstr void
            second(void)
            {
                    third();
            }
            """.lines().toList();

    @Test
    void theFunctionIsThatOfTheChangedLinesWhateverTheHeaderSays() {
        PatchHunk hunk =
                hunk("@@ -16,2 +14,3 @@ static int other(void)", " {", "-        fourth();", "+        third();", " }");

        assertThat(hunk.functions()).containsExactly("second");
        assertThat(hunk.place()).isEqualTo("kernel/entry/common.c:16");
    }

    @Test
    void aLabelDoesNotEndAFunction() {
        assertThat(hunk("@@ -7,2 +7,2 @@", " out:", "-        return true;", "+        return false;")
                        .functions())
                .containsExactly("first");
    }

    @Test
    void aHunkOfTwoFunctionsIsOfBoth() {
        PatchHunk hunk = hunk(
                "@@ -7,8 +7,9 @@",
                " out:",
                "+        return false;",
                " }",
                " ",
                " #define NOISE(x) (x)",
                " ",
                " noinstr void",
                " second(void)",
                " {",
                "+        third();",
                " }");

        assertThat(hunk.functions()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whatIsInNoFunctionMayChangeAny() {
        PatchHunk macro = hunk("@@ -11,1 +11,1 @@", "-#define NOISE(x) 0", "+#define NOISE(x) (x)");

        assertThat(macro.functions()).isEmpty();
        assertThat(macro.mayChange(Set.of("anything"))).isTrue();
    }

    @Test
    void whatIsInAFunctionThatWasNotExecutedIsNotTheReason() {
        PatchHunk hunk = hunk("@@ -7,2 +7,2 @@", " out:", "-        return true;", "+        return false;");

        assertThat(hunk.mayChange(Set.of("second"))).isFalse();
        assertThat(hunk.mayChange(Set.of("second", "first"))).isTrue();
        assertThat(hunk.mayChange(Set.of())).isTrue();
    }

    @Test
    void assemblyHasNoFunctionsThatAreCertain() {
        assertThat(PatchHunk.of(
                                "arch/x86/entry/entry_64.S",
                                List.of("@@ -1 +1 @@", "-\tnop", "+\tswapgs"),
                                List.of("\tswapgs"))
                        .functions())
                .isEmpty();
    }

    @Test
    void whatARemovedLineNamesAloneIsGone() {
        PatchHunk gone = hunk("@@ -16,2 +14,3 @@", " {", "-        fourth();", "+        third();", " }");
        PatchHunk kept = hunk("@@ -16,2 +14,3 @@", " {", "-        fourth(1);", "+        fourth(0);", " }");

        assertThat(gone.namesOnly("fourth", '-')).isTrue();
        assertThat(gone.namesOnly("third", '+')).isTrue();
        assertThat(kept.namesOnly("fourth", '-')).isFalse();
        assertThat(kept.namesOnly("fifth", '-')).isFalse();
    }

    private static PatchHunk hunk(String... lines) {
        return PatchHunk.of("kernel/entry/common.c", List.of(lines), FILE);
    }
}
