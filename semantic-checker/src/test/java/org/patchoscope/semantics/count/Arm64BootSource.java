// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.count.concrete.CellValues;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * Arm64 assembly of what surrounds the kernel's objects on the emulated machine: a start that prepares
 * the state of a path and drops to user mode, one system call there, and for everything that the objects
 * do not define a function with the profile's answer, or data. What a path must not depend on is junk.
 */
final class Arm64BootSource {
    private static final String SYSCALL = "outside_syscall";

    private final EntryPaths entry;
    private final Cpu cpu;
    private final CellValues conditions;
    private final DebugInfo debug;
    private final StringBuilder out = new StringBuilder();

    Arm64BootSource(EntryPaths entry, Cpu cpu, CellValues conditions, DebugInfo debug) {
        this.debug = debug;
        this.entry = entry;
        this.cpu = cpu;
        this.conditions = conditions;
    }

    /** The source; {@code threadSize} is the size of the kernel's stack. */
    String text(List<ObjectFile> objects, long threadSize) {
        boot(threadSize);
        OutsideSymbols outside = OutsideSymbols.of(objects, Set.of("R_AARCH64_CALL26", "R_AARCH64_JUMP26"));
        line(".section .outside, \"ax\"", ".global outside_start", "outside_start:");
        outside.functions().forEach(f -> function(f, f));
        function(SYSCALL, "call through a pointer");
        line(".global outside_end", "outside_end:");
        line(".section .outside_data, \"aw\"");
        outside.data().forEach(this::data);
        return out.toString();
    }

    private void line(String... lines) {
        for (String l : lines) {
            out.append(l).append('\n');
        }
    }

    private void boot(long threadSize) {
        line(".section .boot, \"ax\"", ".global _start", "_start:");
        line("ldr x0, =stack + " + threadSize, "mov sp, x0");
        line("ldr x0, =" + cpu.entry().symbol() + " + " + (cpu.entry().offset() - 0x400), "msr vbar_el1, x0");
        line("msr tpidr_el1, xzr");
        conditions.cells().forEach(this::write);
        line("ldr x0, =user", "msr elr_el1, x0", "msr spsr_el1, xzr");
        for (int i = 0; i <= 30; i++) {
            line("ldr x" + i + ", =0x" + Long.toHexString(conditions.registers().getOrDefault("x" + i, junk(i))));
        }
        line("eret", ".ltorg");
        line(".global user", "user: svc #0", ".global back", "back: wfi", "b back");
        line(".section .task, \"aw\"", ".balign 65536", "stack: .fill 65536, 1, 0xa5", "task: .fill 65536, 1, 0xa5");
    }

    private static long junk(int n) {
        return 0x5a5a_0000_1234_0000L + n;
    }

    private void write(CellValues.Value v) {
        String mnemonic = switch (v.size()) {
            case 1 -> "strb w10";
            case 2 -> "strh w10";
            case 4 -> "str w10";
            default -> "str x10";
        };
        line("ldr x9, =task + " + v.offset(), "ldr x10, =" + v.value(), mnemonic + ", [x9]");
    }

    private void function(String symbol, String name) {
        line(".global \"" + symbol + "\"", "\"" + symbol + "\":");
        conditions.after().getOrDefault(name, List.of()).forEach(this::write);
        for (int i = 1; i <= 18; i++) {
            line("ldr x" + i + ", =0x" + Long.toHexString(junk(i + 100)));
        }
        line("ldr x0, =" + conditions.answer(name, debug).orElse(junk(200)), "cmp x1, x2", "ret", ".ltorg");
    }

    private void data(String symbol) {
        Map<String, String> known = new TreeMap<>();
        known.put(entry.currentTask(), ".quad task");
        cpu.variables().forEach((name, value) -> known.put(name, ".quad " + value));
        line(".balign 4096", ".global \"" + symbol + "\"", "\"" + symbol + "\":");
        if (symbol.equals("sys_call_table")) {
            line(".rept 1024", ".quad " + SYSCALL, ".endr");
        } else {
            line(known.getOrDefault(symbol, ".fill 4096, 1, 0xa5"));
        }
    }
}
