// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.count.exits.EventOrder;
import org.patchoscope.semantics.count.exits.EventOrders;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;

/**
 * The order of events of a system call on a real kernel tree (Linux 7.2), as it was read in its source:
 * syscall_trace_enter() and syscall_trace_exit() of arch/arm64/kernel/ptrace.c and of include/linux/entry-common.h, and
 * exit_to_user_mode_loop() of kernel/entry/common.c for both.
 */
class KernelEventsTest {
    private static final List<String> ENTRY =
            List.of("ptrace stop", "seccomp", "tracepoint enter", "audit entry", "system call");
    private static final List<String> EXIT = List.of("audit exit", "tracepoint exit", "ptrace stop");
    private static final List<String> LOOP = List.of("reschedule", "signals", "task work");

    @Test
    void arm64DoesAllWorkInThisOrder() throws Exception {
        Map<String, EventOrder.Result> found = orders(KernelWorld.arm64());

        assertThat(events(found, "all work")).isEqualTo(joined(List.of(ENTRY, EXIT, LOOP)));
        assertThat(events(found, "asked for at a stop")).isEqualTo(joined(List.of(ENTRY, EXIT)));
        assertThat(events(found, "seccomp denies")).containsExactly("seccomp", "audit exit", "tracepoint exit");
        assertThat(events(found, "lazy reschedule")).containsExactly("system call", "reschedule");
        // "if we were tracing entry, then we always trace exit": with the flags of that time
        assertThat(events(found, "withdrawn meanwhile"))
                .containsExactly("ptrace stop", "tracepoint enter", "audit entry", "system call", "audit exit");
        assertThat(events(found, "emulated single-step")).containsExactly("ptrace stop", "single-step trap", "signals");
    }

    @Test
    void theGenericCodeChecksRseqFirstAndTakesNoStepAfterAnEmulatedCall() throws Exception {
        Map<String, EventOrder.Result> found = orders(KernelWorld.x86());

        assertThat(events(found, "all work")).isEqualTo(joined(List.of(ENTRY, List.of("rseq check"), EXIT, LOOP)));
        assertThat(events(found, "all work, user dispatch"))
                .isEqualTo(joined(List.of(List.of("user dispatch"), ENTRY, List.of("rseq check"), EXIT, LOOP)));
        assertThat(events(found, "withdrawn meanwhile"))
                .containsExactly("ptrace stop", "tracepoint enter", "audit entry", "system call", "rseq check");
        assertThat(events(found, "emulated single-step")).containsExactly("ptrace stop", "rseq check");
    }

    @Test
    void aFlagThatATreeDoesNotHaveMakesNoOrder() throws Exception {
        assertThat(orders(KernelWorld.arm64()).get("all work, user dispatch"))
                .isEqualTo(new EventOrder.NotSeen(
                        "the tree has none of SYSCALL_WORK_SYSCALL_USER_DISPATCH in thread_info.syscall_work"));
    }

    private static List<String> joined(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static List<String> events(Map<String, EventOrder.Result> found, String path) {
        if (found.get(path) instanceof EventOrder.Seen seen) {
            assertThat(seen.uncertain()).as(path).isEmpty();
            return seen.events().stream().map(EventOrder.Step::event).toList();
        }
        throw new AssertionError(path + ": " + found.get(path));
    }

    private static Map<String, EventOrder.Result> orders(KernelWorld world) {
        Path llvm = TestToolchain.directory().resolve("lib/libLLVM.so.20.1");
        try (Disassembler disassembler = world.target().disassembler(llvm)) {
            EventOrders orders = new EventOrders(
                    world.program(disassembler), world.target(), world.macros(), new Profiles().events());
            Map<String, EventOrder.Result> found = new HashMap<>();
            orders.of(world.profile().paths().getFirst()).forEach(o -> found.put(o.path(), o.result()));
            return found;
        }
    }
}
