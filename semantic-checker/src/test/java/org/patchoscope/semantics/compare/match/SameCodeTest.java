// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.TwoVersions;

/** When a change need not be compared again in another configuration. */
class SameCodeTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void codeThatTheChangeDoesNotReachMayDiffer(String arch) throws Exception {
        // It lies before the others, so that these are moved, too.
        assertThat(same(arch, code("note(1); note(2);", "", "", "%s"))).isTrue();
    }

    @Test
    void aCalleeMayNotDiffer() throws Exception {
        assertThat(same("arm64", code("", "note(1);", "", "%s"))).isFalse();
    }

    @Test
    void aCallerMayDifferThatWasNotAsked() throws Exception {
        assertThat(same("arm64", code("", "", "note(1);", "%s"))).isTrue();
    }

    @Test
    void aCallerThatWasAskedMayNotDiffer() throws Exception {
        Set<String> both = Set.of("f", "g");
        assertThat(same("arm64", code("", "", "", "%s"), code("", "", "", "%s"), both))
                .isTrue();
        assertThat(same("arm64", code("", "", "", "%s"), code("", "", "note(1);", "%s"), both))
                .isFalse();
    }

    @Test
    void anotherCallerIsNotAskedWhereTheVerdictEndedTheMatter() throws Exception {
        String here = code("", "", "", "%s");
        String there = here + "long h(struct pt_regs *r) { return 1 + f(r); }\n";

        assertThat(same("arm64", here, there, Set.of("f"))).isTrue();
        // Whatever was found out of f(), its callers were to decide.
        assertThat(same("arm64", here, there, Set.of("g"))).isFalse();
    }

    @Test
    void theFirstCallerMayHaveToBeAsked() throws Exception {
        String caller = "long g(struct pt_regs *r) {  return f(r); }\n";
        String there = code("", "", "", "%s");
        String here = there.replace(caller, "");

        assertThat(here).isNotEqualTo(there);
        assertThat(same("arm64", here, there, Set.of("f"))).isFalse();
    }

    @Test
    void theChangeItselfMayNotDiffer() throws Exception {
        assertThat(same("arm64", code("", "", "", "2 * %s"))).isFalse();
    }

    @Test
    void aFurtherChangeCounts() throws Exception {
        String other = code("%s", "", "", "flags() + %s");
        assertThat(new TwoVersions("arm64", directory)
                        .sameCode(
                                before(),
                                after(),
                                TwoVersions.TASK + other.formatted("", "1"),
                                TwoVersions.TASK + other.formatted("note(1);", "2"),
                                Set.of("f"),
                                false))
                .isFalse();
    }

    @Test
    void dataThatIsReferredToMayNotDiffer() throws Exception {
        String code = "static const long table[4] = {%s, 2, 3, 4};\n" + code("", "", "", "table[r->regs[1] & 3] + %s");
        String here = code.replaceFirst("%s", "1");
        String there = code.replaceFirst("%s", "9");
        assertThat(same("arm64", here, here)).isTrue();
        assertThat(same("arm64", here, there)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "static "})
    void whatDataPointsToMayNotDiffer(String linkage) throws Exception {
        String code = "__attribute__((noinline)) static long one(long a) { return a + %s; }\n"
                + linkage + "long (*const volatile ops[1])(long) = {one};\n"
                + code("", "", "", "ops[0](1) + %s");
        String here = code.replaceFirst("%s", "1");
        String there = code.replaceFirst("%s", "9");
        assertThat(same("arm64", here, here)).isTrue();
        assertThat(same("arm64", here, there)).isFalse();
    }

    @Test
    void codeBehindALabelInsideOfAFunctionMayNotDiffer() throws Exception {
        String code = "asm (\".globl outer, inner\\n.type outer, @function\\nouter: mov x0, #1\\n\"\n"
                + "     \"inner: mov x1, #%s\\nret\\n.size outer, . - outer\");\n"
                + "long inner(void);\n"
                + code("", "", "", "inner() + %s");
        String here = code.replaceFirst("%s", "1");
        String there = code.replaceFirst("%s", "9");
        assertThat(same("arm64", here, here)).isTrue();
        assertThat(same("arm64", here, there)).isFalse();
    }

    @Test
    void aLabelWithoutAFunctionIsNotKnownToBeTheSame() throws Exception {
        String code = "asm (\".globl inner\\ninner: mov x1, #1\\nret\");\n"
                + "long inner(void);\n"
                + code("", "", "", "inner() + %s");
        assertThat(same("arm64", code, code)).isFalse();
    }

    @Test
    void aCellOfTheProfileMayNotLieElsewhere() throws Exception {
        String elsewhere = TwoVersions.TASK.replace("void *stack;", "long more; void *stack;");
        assertThat(new TwoVersions("arm64", directory)
                        .sameCode(
                                before(),
                                after(),
                                before().replace(TwoVersions.TASK, elsewhere),
                                after().replace(TwoVersions.TASK, elsewhere),
                                Set.of("f"),
                                false))
                .isFalse();
    }

    @Test
    void membersThatMayHaveBeenNamedMayNotDiffer() throws Exception {
        String renamed = TwoVersions.TASK.replace("other", "another");
        String otherBefore = before().replace(TwoVersions.TASK, renamed);
        String otherAfter = after().replace(TwoVersions.TASK, renamed);
        TwoVersions versions = new TwoVersions("arm64", directory);

        assertThat(versions.sameCode(before(), after(), otherBefore, otherAfter, Set.of("f"), false))
                .isTrue();
        assertThat(versions.sameCode(before(), after(), otherBefore, otherAfter, Set.of("f"), true))
                .isFalse();
    }

    @Test
    void theTypeOfACalleeMayNotDiffer() throws Exception {
        String other = "void hook2(int a);\n";
        String call = code("", "hook2(1);", "", "%s");
        String here = other + call;
        String there = other.replace("int a", "unsigned int a") + call;
        assertThat(same("arm64", here, here)).isTrue();
        assertThat(same("arm64", here, there)).isFalse();
    }

    private boolean same(String arch, String other) throws Exception {
        return same(arch, code("", "", "", "%s"), other);
    }

    private boolean same(String arch, String here, String there) throws Exception {
        return same(arch, here, there, Set.of("f"));
    }

    private boolean same(String arch, String here, String there, Set<String> asked) throws Exception {
        return new TwoVersions(arch, directory)
                .sameCode(
                        TwoVersions.TASK + here.formatted("1"),
                        TwoVersions.TASK + here.formatted("2"),
                        TwoVersions.TASK + there.formatted("1"),
                        TwoVersions.TASK + there.formatted("2"),
                        asked,
                        true);
    }

    private static String before() {
        return TwoVersions.TASK + code("", "", "", "flags() + 1");
    }

    private static String after() {
        return TwoVersions.TASK + code("", "", "", "flags() + 2");
    }

    /** A function beside those that the change reaches, one it calls, the changed one, and one that calls it. */
    private static String code(String far, String helper, String caller, String changed) {
        return "void far(struct pt_regs *r) { %s hook(r); }\n".formatted(far)
                + "__attribute__((noinline)) static void help(struct pt_regs *r) { %s note(r->regs[3]); }\n"
                        .formatted(helper)
                + "__attribute__((noinline)) long f(struct pt_regs *r) { help(r); return r->regs[0] + %s; }\n"
                        .formatted(changed)
                + "long g(struct pt_regs *r) { %s return f(r); }\n".formatted(caller);
    }
}
