// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** What a C function leaves to its caller in registers is part of what it does, also where inline assembly is to blame. */
class ConventionTest {
    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @CsvSource({"arm64,'mov x19, xzr'", "x86_64,'xor %ebx, %ebx'", "arm64,'mov x29, xzr'", "x86_64,'xor %ebp, %ebp'"})
    void aRegisterThatIsNotGivenBackIsAChange(String arch, String instruction) throws Exception {
        String before = "long f(long a) { asm volatile (\"nop\"); return a + 1; }";
        String after = before.replace("nop", instruction);

        assertThat(new TwoVersions(arch, directory).verdict(before, before.replace("nop", "nop; nop")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(new TwoVersions(arch, directory).verdict(before, after))
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings().getFirst().example().kind())
                                .isEqualTo(Difference.Kind.CONTEXT));
    }

    @ParameterizedTest
    @CsvSource({"arm64", "x86_64"})
    void aRegisterThatIsSavedAndRestoredIsNone(String arch) throws Exception {
        String before = "long f(long a) { hook(0); return 1; }";
        String after = "long f(long a) { hook(0); return (a | 1) != 0; }";

        assertThat(new TwoVersions(arch, directory).verdict(before, after)).isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aStackPointerThatIsNotGivenBackIsAChange() throws Exception {
        String before = "long f(long a) { asm volatile (\"nop\"); return a + 1; }";

        assertThat(new TwoVersions("arm64", directory).verdict(before, before.replace("nop", "add sp, sp, #16")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @CsvSource({"arm64,'mov x19, xzr'", "x86_64,'xor %ebx, %ebx'", "arm64,'mov x29, xzr'", "x86_64,'xor %ebp, %ebp'"})
    void theCodeOfAnInlineFunctionThatIsCalledAllTheSameIsOneOfC(String arch, String instruction) throws Exception {
        String before = "static inline long f(long a) { asm volatile (\"nop\"); return a + 1; }"
                + " long use(long a) { return f(a) + 1; } long (*pointer)(long) = f;";

        assertThat(new TwoVersions(arch, directory).verdict(before, before.replace("nop", instruction)))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aReturnAddressThatIsSignedAndNotCheckedIsAChange() throws Exception {
        String before = "paciasp; stp x29, x30, [sp, #-16]!; bl hook; ldp x29, x30, [sp], #16; autiasp; ret";
        AssemblyVersions versions = new AssemblyVersions("arm64", directory);

        assertThat(versions.verdict("f", before, before.replace("paciasp; ", "").replace("autiasp; ", ""), Map.of()))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict("f", before, before.replace("paciasp; ", ""), Map.of()))
                .isNotInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict("f", before, before.replace("autiasp; ", ""), Map.of()))
                .isNotInstanceOf(Verdict.Equivalent.class);
    }
}
