// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.EntryEvents;
import org.patchoscope.config.EntryEvents.Change;
import org.patchoscope.config.EntryEvents.Event;
import org.patchoscope.config.EntryEvents.EventPath;
import org.patchoscope.config.EntryEvents.Flag;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.config.EntryPaths.Entry;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.isa.arm64.Arm64Lifter;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;

/** The rules by which events are seen, each on a few instructions. */
class EventOrdersTest {
    private static final Map<String, Long> MACROS =
            Map.of("THREAD_SIZE", 16384L, "ARM64_ALWAYS_SYSTEM", 1L, "_TIF_WORK", 2L);
    private static final String TASK =
            "adrp x0, __entry_task; ldr x0, [x0, :lo12:__entry_task]; msr sp_el0, x0; mrs x19, sp_el0;";

    /** Calls g while the flag is set, once. */
    private static final String ONCE = TASK + "1: ldr x0, [x19]; tbz x0, #1, 2f; bl g; b 1b; 2: eret";

    @TempDir
    private Path directory;

    @Test
    void callsOfTheTableAreEventsInOrderAndOthersAreNamed() throws Exception {
        EventOrder.Seen seen = seen("bl h; bl g; bl other; bl h; eret", path(List.of()));

        assertThat(seen.events())
                .containsExactly(
                        new EventOrder.Step("H", "h"), new EventOrder.Step("G", "g"), new EventOrder.Step("H", "h"));
        assertThat(seen.others()).containsExactly("other");
        assertThat(seen.uncertain()).isEmpty();
    }

    @Test
    void aFlagIsSetInTheTreesOwnPlaceAndAnEventClearsIt() throws Exception {
        assertThat(seen(ONCE, path(List.of())).events()).isEmpty();
        EventOrder.Seen seen = seen(ONCE, path(List.of("WORK")));
        assertThat(seen.events()).hasSize(1);
        assertThat(seen.flags()).containsExactly("_TIF_WORK in thread_info.flags");
    }

    @Test
    void aPathChangesFlagsWhileAnEventLasts() throws Exception {
        EventPath meanwhile = path(List.of(), new Change("H", List.of("WORK"), List.of()));
        String code = ONCE.replace("1: ldr", "bl h; 1: ldr");
        assertThat(seen(code, meanwhile).events())
                .extracting(EventOrder.Step::event)
                .containsExactly("H", "G");
    }

    @Test
    void aFlagThatTheTreeDoesNotHaveMakesNoOrder() throws Exception {
        assertThat(result("eret", path(List.of("NOWHERE"))))
                .isEqualTo(new EventOrder.NotSeen("the tree has none of SYSCALL_WORK_X in thread_info.syscall_work"));
    }

    @Test
    void aJumpThatAnEnabledKeyMakesIsAnEvent() throws Exception {
        String code = "1: nop; eret; 2: eret;"
                + ".pushsection __jump_table, \"aw\"; .word 1b - .; .word 2b - .; .quad my_key + 8 - .; .popsection";
        assertThat(seen(code, path(List.of())).events()).containsExactly(new EventOrder.Step("K", "my_key"));
    }

    @Test
    void whatIsDefinedBesideTheCodeMayBeInlinedIfNothingSaysThatItIsNot() throws Exception {
        assertThat(seen("eret; .global g; .type g, %function; g: ret; .size g, . - g", path(List.of()))
                        .uncertain())
                .containsExactly("G");
    }

    @Test
    void anEventThatNothingRefersToIsMissing() throws Exception {
        EventOrders orders = orders("bl g; eret", path(List.of()));
        assertThat(orders.missing()).containsExactly("H", "K");
    }

    private EventOrder.Seen seen(String code, EventPath path) throws Exception {
        return (EventOrder.Seen) result(code, path);
    }

    private EventOrder.Result result(String code, EventPath path) throws Exception {
        return orders(code, path).of(entry()).getFirst().result();
    }

    private static EventPath path(List<String> flags, Change... changes) {
        return new EventPath("a path", "", flags, Map.of(), List.of(changes));
    }

    private static EntryEvents table(EventPath path) {
        return new EntryEvents(
                "an entry",
                "arm64",
                List.of(
                        new Event("G", List.of("g"), List.of(), List.of(), List.of("WORK")),
                        new Event("H", List.of("h"), List.of(), List.of(), List.of()),
                        new Event("K", List.of(), List.of("my_key"), List.of(), List.of())),
                List.of(
                        new Flag("WORK", Map.of("thread_info.flags", List.of("_TIF_WORK")), Map.of()),
                        new Flag("NOWHERE", Map.of("thread_info.syscall_work", List.of("SYSCALL_WORK_X")), Map.of())),
                List.of(),
                Map.of("my_key", true),
                Map.of(),
                Map.of(),
                Map.of("thread_info.flags", List.of()),
                Map.of(),
                List.of(),
                List.of(path));
    }

    private static EntryPaths entry() {
        Cpu cpu = new Cpu(
                "a processor",
                "",
                new Entry("entry", 0),
                List.of("ARM64_ALWAYS_SYSTEM"),
                Map.of(),
                Map.of(),
                "",
                Map.of());
        return new EntryPaths(
                "an entry",
                Map.of(),
                Map.of(),
                "__entry_task",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(cpu),
                List.of());
    }

    private EventOrders orders(String code, EventPath path) throws Exception {
        String assembly = ".text; .global entry; .type entry, %function; entry: " + code + "; .size entry, . - entry";
        String types = "struct thread_info { unsigned long flags; };"
                + "struct task_struct { struct thread_info thread_info; } task_of_this_unit;";
        var object = new ObjectReader().read("entry.o", compiled("entry.s", assembly.replace(";", "\n") + "\n"));
        var debug = new DebugInfoReader(tool("llvm-dwarfdump")).read(compiled("types.c", types));
        Disassembler disassembler = TestToolchain.arm64();
        Program program = new Program(List.of(object), debug, new Arm64Lifter(disassembler), new Exprs());
        return new EventOrders(program, Target.of("arm64"), MACROS, table(path));
    }

    private Path compiled(String name, String source) throws Exception {
        return TestToolchain.compile(directory, "aarch64-linux-gnu", name, source, List.of());
    }

    private static Path tool(String name) {
        return TestToolchain.directory().resolve("bin").resolve(name);
    }
}
