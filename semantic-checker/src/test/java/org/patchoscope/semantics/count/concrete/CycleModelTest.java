// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Estimates are made by LLVM's own program, of straight code alone. */
class CycleModelTest {
    private static final Path LLVM_MCA = Toolchain.unpack(
                    Path.of(System.getProperty("user.home"), ".cache", "patchoscope", "toolchain"), s -> {})
            .tool("llvm-mca");
    private static final CycleModel X86 = CycleModel.of(Target.of("x86_64"), LLVM_MCA);
    private static final CycleModel ARM64 = CycleModel.of(Target.of("arm64"), LLVM_MCA);

    @Test
    void eachLoadThatWaitsForTheOneBeforeTakesItsTime() {
        int one = X86.cycles(List.of("movq (%rax), %rax")).orElseThrow();
        int two = X86.cycles(List.of("movq (%rax), %rax", "movq (%rax), %rax")).orElseThrow();
        int beside =
                X86.cycles(List.of("movq (%rax), %rax", "movq (%rbx), %rbx")).orElseThrow();
        assertThat(two).isGreaterThanOrEqualTo(one + 4);
        assertThat(beside).isLessThan(two);
        assertThat(ARM64.cycles(List.of("ldr x0, [x0]", "ldr x0, [x0]")).orElseThrow())
                .isGreaterThan(ARM64.cycles(List.of("ldr x0, [x0]")).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jmp 0x10",
                "callq 0",
                "swapgs",
                "retq",
                "iretq",
                "rep stosq %al, %es:(%rdi)",
                "lock addl $1, (%rax)",
                "movq %rax, %cr3",
                "movl %eax, %ds",
                "rdmsr",
                "no such thing",
                ""
            })
    void whatIsNotStraightOrNotOfACpuAloneIsNotEstimated(String instruction) {
        assertThat(X86.cycles(List.of("xorl %eax, %eax", instruction))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b #16", "cbz x0, #8", "tbnz w0, #3, #8", "b.eq #8", "eret", "msr spsr_el1, x0", "isb", "blr x8"
            })
    void norOnArm64(String instruction) {
        assertThat(ARM64.cycles(List.of("mov x0, x1", instruction))).isEmpty();
    }

    @Test
    void noCodeHasNoEstimate() {
        assertThat(X86.cycles(List.of())).isEmpty();
    }
}
