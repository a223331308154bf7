// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.count.AssembledEntry;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.words.Words;

/** The rules of following an entry to its exits, each on a few instructions. */
class ExitPathsTest {
    private static final String TYPES = "struct thread_info { unsigned long flags; };"
            + "struct task_struct { struct thread_info thread_info; } task_of_this_unit;"
            + "struct pt_regs { unsigned long ax, cx; } registers_of_this_unit;";

    /** A quick and a slow way out, and a test of the flags between them. */
    private static final String TEST = "movq %gs:current_task(%rip), %rcx; testl $4, (%rcx); jnz 9f; ";

    private static final String EXITS = "sysretq; 9: iretq";

    @TempDir
    private Path directory;

    private final Exprs x = new Exprs();

    @Test
    void everyWayIsFoundWithWhatDecidesIt() throws Exception {
        assertThat(ways(TEST + EXITS))
                .containsExactlyInAnyOrder(
                        "sysretq [] thread_info.flags at entry does not have bit 2",
                        "iretq [] thread_info.flags at entry has bit 2");
    }

    @Test
    void aBranchThatIsDecidedAlreadyMakesNoWay() throws Exception {
        assertThat(ways(TEST + "testl $4, (%rcx); jnz 8f; " + EXITS + "; 8: ud2"))
                .hasSize(2);
    }

    @Test
    void aCallMayChangeTheFlagsAndTheSavedRegisters() throws Exception {
        assertThat(ways(TEST + "call f; " + TEST.replace("9f", "8f") + EXITS + "; 8: eretu"))
                .hasSize(3)
                .anyMatch(w -> w.startsWith("eretu [f]") && w.endsWith("thread_info.flags after f() has bit 2"));
        String saved = "movq %gs:cpu_current_top_of_stack(%rip), %rsp; pushq $7; pushq %rax; ";
        assertThat(ways(saved + "cmpq $7, 8(%rsp); jne 9f; " + EXITS)).hasSize(1);
        assertThat(ways(saved + "call f; cmpq $7, 8(%rsp); jne 9f; " + EXITS))
                .anyMatch(w -> w.equals("iretq [f] regs->cx after f() != 7"));
    }

    @Test
    void aFunctionOfAssemblyIsFollowedAndComesBack() throws Exception {
        String stack = "movq %gs:cpu_current_top_of_stack(%rip), %rsp; ";
        assertThat(ways(stack + "call g; " + EXITS + "; .type g, @function; g: call f; ret; .size g, . - g"))
                .containsExactly("sysretq [f] ");
    }

    @Test
    void aTrapIsAnEndOfItsOwn() throws Exception {
        assertThat(ways(TEST + "sysretq; 9: ud2")).anyMatch(w -> w.startsWith("ud2 [] "));
    }

    @Test
    void aJumpToAnUnknownPlaceLeavesNothingToSay() throws Exception {
        assertThat(result("jmp *%rax")).isInstanceOf(ExitPaths.Result.NotFollowed.class);
    }

    @Test
    void anotherExitIsToldWithTheShortestExactCondition() throws Exception {
        String before = TEST + "call f; call g; testq %rdx, %rdx; jz 9f; " + EXITS;
        String after = TEST + "call f; testl %eax, %eax; jz 7f; call g; testq %rdx, %rdx; jz 9f; 7: " + EXITS;
        List<ExitChange> changes = changes(before, after);

        assertThat(changes).hasSize(1);
        ExitChange change = changes.getFirst();
        assertThat(change.before().exit()).isEqualTo("iretq");
        assertThat(change.after().exit()).isEqualTo("sysretq");
        assertThat(change.conditions())
                .singleElement()
                .satisfies(c -> assertThat(c)
                        .hasSize(3)
                        .anySatisfy(l -> assertThat(words().condition(l)).isEqualTo("f() result == 0")));
    }

    @Test
    void theSameExitsOnOtherWaysAreNoChange() throws Exception {
        assertThat(changes(TEST + "nop; " + EXITS, TEST + "call f; " + EXITS)).isEmpty();
    }

    private List<String> ways(String code) throws Exception {
        Words words = words();
        return ((ExitPaths.Result.Ways) result(code))
                .ways().stream()
                        .map(w -> w.exit() + " " + w.calls() + " "
                                + String.join(
                                        " and ",
                                        w.condition().stream()
                                                .map(words::condition)
                                                .toList()))
                        .toList();
    }

    private Words words() throws Exception {
        return entry().words();
    }

    private static final String ON_STACK = "movq %gs:cpu_current_top_of_stack(%rip), %rsp; ";
    private static final String FRAME = "pushq $0x2b; pushq %rcx; pushq %r11; pushq $0x33; pushq %rcx; ";

    @Test
    void anExitWithTheKernelsGsIsAFault() throws Exception {
        assertThat(faults("sysretq")).containsExactly("with the kernel's GS");
        assertThat(faults("swapgs; sysretq")).isEmpty();
    }

    @Test
    void anExitWithInterruptsOnIsAFaultWhereTheyMustBeOff() throws Exception {
        assertThat(faults("sti; call f; swapgs; sysretq")).containsExactly("with interrupts on");
        assertThat(faults("sti; call f; cli; swapgs; sysretq")).isEmpty();
        assertThat(faults("sti; swapgs; iretq")).isEmpty();
    }

    @Test
    void aFrameThatIsNotAtTheEndOfTheStackIsAFault() throws Exception {
        assertThat(faults(ON_STACK + FRAME + "call f; swapgs; iretq")).isEmpty();
        assertThat(faults(ON_STACK + FRAME + "pushq %rax; call f; swapgs; iretq"))
                .containsExactly("with its frame 8 bytes below its place on the stack");
        assertThat(faults(ON_STACK + FRAME + "popq %rax; swapgs; iretq"))
                .containsExactly("with its frame 8 bytes above its place on the stack");
    }

    @Test
    void theKernelsStackIsNotToBeSeenByTheUser() throws Exception {
        assertThat(faults(ON_STACK + "swapgs; sysretq")).containsExactly("with the kernel's stack pointer");
        assertThat(faults("movq %rsp, %r8; " + ON_STACK + "movq %r8, %rsp; swapgs; sysretq"))
                .isEmpty();
    }

    @Test
    void whatIsNotKnownIsNoFault() throws Exception {
        assertThat(faults("wrgsbase %rax; sysretq")).isEmpty();
    }

    private List<String> faults(String code) throws Exception {
        return ((ExitPaths.Result.Ways) result(code))
                .ways().stream().flatMap(w -> w.faults().stream()).toList();
    }

    private ExitPaths.Result result(String code) throws Exception {
        try (Solver solver = new RememberingSolver(new Z3Solver())) {
            return result(code, solver);
        }
    }

    private List<ExitChange> changes(String before, String after) throws Exception {
        try (Solver solver = new RememberingSolver(new Z3Solver())) {
            ExitPaths.Result.Ways old = (ExitPaths.Result.Ways) result(before, solver);
            ExitPaths.Result.Ways now = (ExitPaths.Result.Ways) result(after, solver);
            return ExitChange.between(old.ways(), now.ways(), x, solver);
        }
    }

    private ExitPaths.Result result(String code, Solver solver) throws Exception {
        return entry().ways("system_call", "swapgs; " + code, solver, List.of("sysretq"));
    }

    private AssembledEntry entry() {
        return new AssembledEntry(directory, x, TYPES);
    }
}
