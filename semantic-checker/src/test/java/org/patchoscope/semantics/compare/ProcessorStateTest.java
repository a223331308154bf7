// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** Flags, stack pointers and registers of the interrupted code are part of what entry and exit code does. */
class ProcessorStateTest {
    private static final String SAVE_TWO = "stp x0, x1, [sp]; stp x2, x3, [sp, #16]; ";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void aCallBeforeTheDirectionFlagIsClearedIsAnother() throws Exception {
        String before = "cld; movq %gs:cpu_current_top_of_stack, %rsp; call hook; xorl %eax, %eax; iretq";

        assertThat(x86("asm_exc_test", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(x86("asm_exc_test", before, before.replace("cld; ", "").replace("call hook; ", "call hook; cld; ")))
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings().getFirst().example().detail())
                                .isEqualTo("DF"));
    }

    @Test
    void sysenterLeavesTheUsersFlagsUntilTheyAreCleared() throws Exception {
        String before = "swapgs; movq %gs:cpu_current_top_of_stack, %rsp; pushfq; testl $0x44100, (%rsp); jz 1f; "
                + "pushq $2; popfq; 1: {after} cld; call hook; xorl %eax, %eax; sysretl";
        String wrmsr = "movl $72, %ecx; xorl %eax, %eax; xorl %edx, %edx; wrmsr; ";
        String late = before.replace("{after} ", wrmsr);
        String early = before.replace("{after} ", "").replace("pushfq; ", wrmsr + "pushfq; ");

        assertThat(x86("entry_SYSENTER_compat", late, late + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(x86("entry_SYSENTER_compat", late, early)).isInstanceOf(Verdict.Changed.class);
        assertThat(x86("entry_SYSENTER_compat", late, late.replace("0x44100", "0x40100")))
                .as("NT stays set")
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aRoutineThatIsOneEventForItsCallersIsToldItself() throws Exception {
        String before = ".globl f; .type f,@function; f: subq $8, %rsp; call clear_bhb_loop; addq $8, %rsp; ret; "
                + ".size f, . - f; .globl clear_bhb_loop; .type clear_bhb_loop,@function; "
                + "clear_bhb_loop: movl $5, %ecx; lfence; ret";

        assertThat(x86("clear_bhb_loop", before, before.replace("lfence", "lfence; nop")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(x86("clear_bhb_loop", before, before.replace("lfence; ", "")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(x86("clear_bhb_loop", before, before.replace("$5", "$6"))).isInstanceOf(Verdict.NotAnalysed.class);
    }

    @Test
    void whatAnExceptionWasAboutIsLostWhereAnotherMayBeTaken() throws Exception {
        String code =
                "stp x29, x30, [sp, #-32]!; str x19, [sp, #16]; {early}{before}msr daifclr, #2; {late}mov x0, x19; "
                        + "bl handle; {after}ldr x19, [sp, #16]; ldp x29, x30, [sp], #32; ret";
        String early = text(code, "early", "mrs x19, far_el1; ");

        assertThat(arm64("f", early, early + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64("f", early, text(code, "before", "nop; mrs x19, far_el1; ")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64("f", early, text(code, "late", "mrs x19, far_el1; "))).isInstanceOf(Verdict.Changed.class);
        String call =
                "stp x29, x30, [sp, #-32]!; {early}bl hook; {late}mov x0, x2; bl handle; ldp x29, x30, [sp], #32; ret";
        assertThat(arm64(
                        "f",
                        text(call, "early", "mrs x2, esr_el1; str x2, [sp, #16]; ")
                                .replace("mov x0, x2", "ldr x0, [sp, #16]"),
                        text(call, "late", "mrs x2, esr_el1; ")))
                .isInstanceOf(Verdict.Changed.class);
    }

    private static String text(String code, String at, String instructions) {
        return code.replace("{" + at + "}", instructions).replaceAll("\\{\\w+}", "");
    }

    @Test
    void theUsersValueInARegisterAtACallIsAnother() throws Exception {
        String before = "swapgs; movq %gs:cpu_current_top_of_stack, %rsp; pushq %r12; xorl %r12d, %r12d; call hook; "
                + "popq %r12; swapgs; sysretq";

        assertThat(x86("entry_SYSCALL_64", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(x86("entry_SYSCALL_64", before, before.replace("xorl %r12d, %r12d; ", "movl $7, %r12d; ")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(x86("entry_SYSCALL_64", before, before.replace("xorl %r12d, %r12d; ", "")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(x86("entry_SYSCALL_64", before, before.replace("xorl %r12d, %r12d", "movb $0, %r12b")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(x86("entry_SYSCALL_64", before, before.replace("xorl", "xorl %r10d, %r10d; xorl")))
                .as("a register that calls may change")
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void theRoomThatAHandlerCountsOnIsCompared() throws Exception {
        String before = "testb $3, 8(%rsp); jnz 1f; " + "pushq 32(%rsp); ".repeat(5)
                + "1: subq $296, %rsp; movq %rsp, %rdi; call handle; addq $296, %rsp; iretq";

        assertThat(x86("asm_exc_int3", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(x86("asm_exc_int3", before, before.replace("pushq 32(%rsp); ", "")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(x86("asm_exc_int3", before, before.replace("jnz", "jz"))).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whereTheStackIsUnwoundFromIsCompared() throws Exception {
        String before = SAVE_TWO + "stp x29, x30, [sp, #304]; add x29, sp, #304; mov x0, sp; bl handle; "
                + "ldp x29, x30, [sp, #304]; ldp x0, x1, [sp]; ldp x2, x3, [sp, #16]; eret";

        assertThat(arm64("el1h_64_irq", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64("el1h_64_irq", before, before.replace("add x29, sp, #304", "add x29, sp, #288")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(arm64("el1h_64_irq", before, before.replace("add x29, sp, #304; ", "")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whatEretLeavesInGeneralRegistersIsCompared() throws Exception {
        String before = SAVE_TWO + "mov x0, sp; bl handle; ldp x0, x1, [sp]; ldp x2, x3, [sp, #16]; eret";

        for (String vector : new String[] {"el0t_64_irq", "el1h_64_irq"}) {
            assertThat(arm64(vector, before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
            assertThat(arm64(vector, before, before.replace("ldp x2, x3, [sp, #16]; ", "")))
                    .isInstanceOf(Verdict.Changed.class);
            assertThat(arm64(vector, before, before.replace("ldp x2, x3", "ldp x3, x2")))
                    .isInstanceOf(Verdict.Changed.class);
        }
    }

    @Test
    void whereRegistersAreSavedInAnotherOrderTheHandlerFindsTheSame() throws Exception {
        String code = "{stores}add x21, sp, #336; str x21, [sp, #248]; mov x0, sp; bl handle; eret";
        String before = code.replace("{stores}", SAVE_TWO);
        String after = code.replace("{stores}", "stp x2, x3, [sp, #16]; stp x0, x1, [sp]; ");

        for (String vector : new String[] {"el0t_64_irq", "el1h_64_irq"}) {
            assertThat(arm64(vector, before, after)).isInstanceOf(Verdict.Equivalent.class);
            assertThat(arm64(vector, before, after.replace("x2, x3", "x3, x2"))).isInstanceOf(Verdict.Changed.class);
        }
    }

    @Test
    void theUsersStackPointerIsReadBeforeItsRegisterGetsTheTask() throws Exception {
        String before = "mrs x21, sp_el0; msr sp_el0, x5; str x21, [sp, #248]; mov x0, sp; bl handle; eret";

        assertThat(arm64("el0t_64_sync", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64(
                        "el0t_64_sync",
                        before,
                        before.replace("mrs x21, sp_el0; msr sp_el0, x5", "msr sp_el0, x5; mrs x21, sp_el0")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void anAccessThatIsAllowedLaterIsAnother() throws Exception {
        String before =
                ".arch armv8.2-a; stp x29, x30, [sp, #-16]!; msr pan, #0; bl hook; msr pan, #1; ldp x29, x30, [sp], #16; ret";

        assertThat(arm64("f", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64("f", before, before.replace("msr pan, #0; bl hook;", "bl hook; msr pan, #0;")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aCallThroughAPointerInAssemblyIsFollowedByItsConvention() throws Exception {
        String before = "stp x29, x30, [sp, #-16]!; mov x29, sp; mrs x16, tpidr_el1; add sp, x16, #4096; blr x1; "
                + "mov sp, x29; ldp x29, x30, [sp], #16; ret";

        assertThat(arm64("call_on_irq_stack", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64("call_on_irq_stack", before, before.replace("blr x1", "mov x0, xzr; blr x1")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(arm64("call_on_irq_stack", before, before.replace("add sp, x16, #4096; ", "")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(arm64("call_on_irq_stack", before, before.replace("blr x1", "blr x2")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aSwitchToAnotherStackEndsWithWhatIsFoundThere() throws Exception {
        String before = "mov x9, sp; stp x19, x20, [x0, #64]; stp x29, x9, [x0, #80]; str x30, [x0, #96]; "
                + "ldp x19, x20, [x1, #64]; ldp x29, x9, [x1, #80]; ldr x30, [x1, #96]; mov sp, x9; msr sp_el0, x1; ret";

        assertThat(arm64("cpu_switch_to", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64(
                        "cpu_switch_to",
                        before,
                        before.replace(
                                "stp x19, x20, [x0, #64]; stp x29, x9, [x0, #80]",
                                "stp x29, x9, [x0, #80]; stp x19, x20, [x0, #64]")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64("cpu_switch_to", before, before.replace("stp x19, x20", "stp x20, x19")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(arm64("cpu_switch_to", before, before.replace("ldp x19, x20", "ldp x20, x19")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whatASwitchLeavesOnTheOldStackIsCompared() throws Exception {
        String before = "pushq %rbx; pushq %r12; movq %rsp, 8(%rdi); movq 8(%rsi), %rsp; popq %r12; popq %rbx; ret";

        assertThat(x86("f", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(x86("f", before, before.replace("pushq %rbx; pushq %r12", "pushq %r12; pushq %rbx")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(x86("f", before, before.replace("popq %r12; popq %rbx", "popq %rbx; popq %r12")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void everyVectorOfATableIsEntered() throws Exception {
        String slot =
                "sub sp, sp, #336; add sp, sp, x0; sub x0, sp, x0; tbnz x0, #14, 0f; sub x0, sp, x0; sub sp, sp, x0; "
                        + "b el1t_64_sync; 0: msr tpidr_el0, x0; b el1t_64_sync; .balign 128; ";
        String head = ".type el1t_64_sync,%function; el1t_64_sync: mov x0, sp; bl handle; eret; "
                + ".size el1t_64_sync, . - el1t_64_sync; .balign 2048; .globl vectors; .type vectors,%function; vectors: ";
        String before = head + slot.repeat(3);

        assertThat(arm64("vectors", before, head + slot + slot.replace("msr", "nop; msr") + slot))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(arm64("vectors", before, head + slot + slot.replace("#336", "#352") + slot))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(arm64("vectors", before, head + slot + slot + slot.replace("sub x0, sp, x0; sub sp", "sub sp")))
                .isInstanceOf(Verdict.Changed.class);
    }

    private Verdict x86(String root, String before, String after) throws Exception {
        return new AssemblyVersions("x86_64", directory).verdict(root, before, after, Map.of());
    }

    private Verdict arm64(String root, String before, String after) throws Exception {
        return new AssemblyVersions("arm64", directory).verdict(root, before, after, Map.of());
    }
}
