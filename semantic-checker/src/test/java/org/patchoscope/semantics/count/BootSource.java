// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * Assembly source of what surrounds the kernel's objects on the emulated machine: a start that prepares
 * the state of a path and drops to user mode, one system call there, and for everything that the objects
 * do not define a function with the profile's answer, or data. What a path must not depend on is junk.
 */
final class BootSource {
    private static final String SYSCALL = "outside_syscall";

    private final EntryPaths entry;
    private final Cpu cpu;
    private final Conditions conditions;
    private final DebugInfo debug;
    private final StringBuilder out = new StringBuilder();

    BootSource(EntryPaths entry, Cpu cpu, Conditions conditions, DebugInfo debug) {
        this.debug = debug;
        this.entry = entry;
        this.cpu = cpu;
        this.conditions = conditions;
    }

    /** The source; {@code threadSize} is the size of the kernel's stack. */
    String text(List<ObjectFile> objects, long threadSize) {
        boot(threadSize);
        Set<String> defined = new TreeSet<>();
        objects.forEach(o -> o.symbols().values().stream()
                .filter(s -> s.global() && s.section() != 0)
                .forEach(s -> defined.add(s.name())));
        Set<String> functions = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (ObjectFile o : objects) {
            o.symbols().values().stream()
                    .filter(s -> s.section() == 0 && !defined.contains(s.name()))
                    .forEach(s -> missing.add(s.name()));
            o.relocations()
                    .values()
                    .forEach(m -> m.values()
                            .forEach(l -> l.forEach(r -> {
                                if (r.type().endsWith("CALL26") || r.type().endsWith("JUMP26")) {
                                    functions.add(r.symbol());
                                }
                            })));
        }
        line(".section .outside, \"ax\"", ".global outside_start", "outside_start:");
        missing.stream().filter(functions::contains).forEach(f -> function(f, f));
        function(SYSCALL, "call through a pointer");
        line(".global outside_end", "outside_end:");
        line(".section .outside_data, \"aw\"");
        missing.stream().filter(m -> !functions.contains(m)).forEach(this::data);
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
            line("ldr x" + i + ", =0x" + Long.toHexString(entry.registers().getOrDefault("x" + i, junk(i))));
        }
        line("eret", ".ltorg");
        line(".global user", "user: svc #0", ".global back", "back: wfi", "b back");
        line(".section .task, \"aw\"", ".balign 65536", "stack: .fill 65536, 1, 0xa5", "task: .fill 65536, 1, 0xa5");
    }

    private static long junk(int n) {
        return 0x5a5a_0000_1234_0000L + n;
    }

    private void write(Conditions.Value v) {
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
