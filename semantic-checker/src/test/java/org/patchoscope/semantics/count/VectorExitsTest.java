// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.count.exits.ExitPath;
import org.patchoscope.semantics.count.exits.ExitPaths;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.words.Words;

/** Exceptions come from user mode and from the kernel, and go back with what they came with. */
class VectorExitsTest {
    private static final String TYPES =
            "struct pt_regs { unsigned long ax, orig_ax, ip, cs, flags, sp, ss; } registers_of_this_unit;"
                    + "struct task_struct { unsigned long flags; } task_of_this_unit;";

    private static final String TO_THE_STACK = "movq %rsp, %rdi; call sync_regs; movq %rax, %rsp; ";
    private static final String IN = "pushq %rax; testb $3, 24(%rsp); jz 1f; swapgs; " + TO_THE_STACK + "1: ";
    private static final String HANDLER = "movq %rsp, %rdi; call exc_general_protection; ";
    private static final String OUT = "testb $3, 24(%rsp); jz 2f; swapgs; 2: ";
    private static final String BACK = "popq %rax; addq $8, %rsp; iretq";

    @TempDir
    private Path directory;

    private final Exprs x = new Exprs();

    @Test
    void whatComesFromTheUserGoesBackToTheUser() throws Exception {
        assertThat(ways(IN + HANDLER + OUT + BACK))
                .containsExactly(
                        "iretq [sync_regs, exc_general_protection] [] entered from user mode",
                        "iretq [exc_general_protection] [] not entered from user mode");
    }

    @Test
    void gsIsLeftAsItWasFound() throws Exception {
        assertThat(faults(IN + HANDLER + BACK)).containsExactly("with the kernel's GS when entered from user mode");
        assertThat(faults(IN + HANDLER + "swapgs; " + BACK))
                .containsExactly("with the user's GS when entered from the kernel");
    }

    @Test
    void theFrameIsPoppedWhereItWasPushed() throws Exception {
        assertThat(faults(IN + HANDLER + OUT + "popq %rax; iretq"))
                .containsExactly(
                        "with its frame 8 bytes below its place on the stack when entered from user mode",
                        "with its frame 8 bytes below its place on the stack when entered from the kernel");
    }

    @Test
    void interruptsAreOffAtTheExitAsTheyWereAtTheEntry() throws Exception {
        assertThat(faults(IN + HANDLER + OUT + BACK)).isEmpty();
        assertThat(faults(IN + "sti; " + HANDLER + OUT + BACK))
                .hasSize(2)
                .allSatisfy(f -> assertThat(f).startsWith("with interrupts on when entered"));
    }

    /** As at the IRET to the user, where an exception still has the user's GS (error_entry of Linux). */
    @Test
    void aFaultOfTheKernelsWithTheUsersGsIsKnownByItsPlace() throws Exception {
        String place = "leaq 2f(%rip), %rcx; cmpq %rcx, 24(%rsp); jne 8f; swapgs; 8: ";
        assertThat(faults("pushq %rax; testb $3, 24(%rsp); jnz 7f; " + place + "jmp 1f; 7: swapgs; " + TO_THE_STACK
                        + "1: " + HANDLER + OUT + BACK))
                .isEmpty();
    }

    /** The NMI and its like come between the exchange of GS and the exit, too. */
    @Test
    void aParanoidVectorPutsBackTheGsThatItFound() throws Exception {
        String in = "pushq $0; pushq %rax; movl $0xc0000101, %ecx; rdmsr; movl $1, %ebx; testl %edx, %edx; js 1f; "
                + "xorl %ebx, %ebx; swapgs; 1: ";
        String out = "testl %ebx, %ebx; jnz 2f; swapgs; 2: ";
        String handler = "movq %rsp, %rdi; call exc_machine_check; ";
        assertThat(of("asm_exc_machine_check", in + handler + out + BACK))
                .hasSize(3)
                .allSatisfy(w -> assertThat(w.faults()).isEmpty());
        assertThat(of("asm_exc_machine_check", in + handler + BACK).stream().flatMap(w -> w.faults().stream()))
                .containsExactly(
                        "with the kernel's GS when entered from user mode",
                        "with the kernel's GS when entered from the kernel with the user's GS");
    }

    private List<String> faults(String code) throws Exception {
        return of("asm_exc_general_protection", code).stream()
                .flatMap(w -> w.faults().stream())
                .distinct()
                .toList();
    }

    private List<String> ways(String code) throws Exception {
        Words words = new AssembledEntry(directory, x, TYPES).words();
        return of("asm_exc_general_protection", code).stream()
                .map(w -> w.exit() + " " + w.calls() + " " + w.faults() + " "
                        + String.join(
                                " and ",
                                w.condition().stream().map(words::condition).toList()))
                .toList();
    }

    private List<ExitPath> of(String vector, String code) throws Exception {
        try (Solver solver = new RememberingSolver(new Z3Solver())) {
            return ((ExitPaths.Result.Ways)
                            new AssembledEntry(directory, x, TYPES).ways(vector, code, solver, List.of("iretq")))
                    .ways();
        }
    }
}
