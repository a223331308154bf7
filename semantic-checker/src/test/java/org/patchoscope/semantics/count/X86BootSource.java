// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.List;
import java.util.Set;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.count.concrete.AddressSpace;
import org.patchoscope.semantics.count.concrete.CellValues;
import org.patchoscope.semantics.count.concrete.TaskMemory;
import org.patchoscope.semantics.expr.Exprs;

/**
 * X86-64 assembly of what surrounds the kernel's objects on the emulated machine: the way to 64-bit mode,
 * the state of a path, user mode with one system call, and for everything that the objects do not define a function
 * with the profile's answer, or data. What a path must not depend on is junk. All memory is mapped where it is, for
 * user mode too; the variables of this CPU lie where their symbols are.
 */
final class X86BootSource {
    /** Stands before the name of a function that the objects define and that is not counted. */
    static final String SUBSTITUTE = "outside of ";

    private static final Set<String> CALLS = Set.of("R_X86_64_PLT32");
    private static final long TRAP_FLAG = 0x100;

    private final EntryPaths entry;
    private final Cpu cpu;
    private final CellValues conditions;
    private final KernelWorld world;
    private final StringBuilder out = new StringBuilder();

    X86BootSource(EntryPaths entry, Cpu cpu, CellValues conditions, KernelWorld world) {
        this.entry = entry;
        this.cpu = cpu;
        this.conditions = conditions;
        this.world = world;
    }

    String text() {
        boot();
        state();
        userMode();
        tables();
        OutsideSymbols outside = OutsideSymbols.of(world.objects(), CALLS);
        line(".section .outside, \"ax\"", ".global outside_start", "outside_start:");
        outside.functions().forEach(f -> function(f, f));
        entry.outside().stream()
                .filter(f -> !outside.functions().contains(f))
                .forEach(f -> function(SUBSTITUTE + f, f));
        line(".global outside_end", "outside_end:");
        line(".section .outside_data, \"aw\"");
        outside.data()
                .forEach(d -> line(".balign 4096", ".global \"" + d + "\"", "\"" + d + "\":", ".fill 4096, 1, 0xa5"));
        return out.toString();
    }

    private void line(String... lines) {
        for (String l : lines) {
            out.append(l).append('\n');
        }
    }

    /** SDM vol. 3A, section 10.8.5: into 64-bit mode; the interrupt controllers' lines are masked. */
    private void boot() {
        line(".section .boot, \"awx\"", ".global _start", ".code32", "_start:");
        line("movw $0x18, %ax", "movw %ax, %ds", "movw %ax, %es", "movw %ax, %ss");
        line("movb $0xff, %al", "outb %al, $0x21", "outb %al, $0xa1");
        line("movl $0x20, %eax", "movl %eax, %cr4", "movl $pml4, %eax", "movl %eax, %cr3");
        // EFER: NXE, LME, SCE
        line("movl $0xc0000080, %ecx", "movl $0x901, %eax", "xorl %edx, %edx", "wrmsr");
        line("movl $0x80000011, %eax", "movl %eax, %cr0", "lgdt pointer", "ljmpl $0x10, $long_mode");
        line(".code64", "long_mode:");
        line("movw $0x18, %ax", "movw %ax, %ds", "movw %ax, %es", "movw %ax, %ss");
        model(0xc0000081L, "$0x0023001000000000");
        model(0xc0000082L, "$" + cpu.entry().symbol() + "+" + cpu.entry().offset());
        // arch/x86/kernel/cpu/common.c, syscall_init(): all flags that a system call must not bring along
        model(0xc0000084L, "$0x257fd5");
        model(0xc0000101L, "$0x5a5a0000");
        model(0xc0000102L, "$0");
    }

    private void model(long number, String value) {
        line("movabsq " + value + ", %rax", "movq %rax, %rdx", "shrq $32, %rdx");
        line("movl $0x" + Long.toHexString(number) + ", %ecx", "wrmsr");
    }

    private void state() {
        long size = world.macros().getOrDefault("THREAD_SIZE", 0L)
                - world.macros().getOrDefault("TOP_OF_KERNEL_STACK_PADDING", 0L);
        world.target().abi().taskConstants().forEach((variable, meaning) -> {
            if (meaning.equals("current")) {
                set(variable, "$task", 8);
            } else if (meaning.equals(Abi.TOP_OF_STACK)) {
                set(variable, "$stack+" + size, 8);
            }
        });
        set(entry.currentTask(), "$task", 8);
        entry.stacks().forEach(s -> set(s, "$entry_stack+4096", 8));
        cpu.variables().forEach((place, value) -> set(place, "$" + value, 8));
        new TaskMemory(new Exprs(), new AddressSpace(List.of()), world.debug(), world.macros())
                .stackCell()
                .ifPresent(offset -> set("task+" + offset, "$stack", 8));
        conditions.cells().forEach(this::write);
        if (entry.systemRegisters().containsKey("cr3") && usesBothPageTables()) {
            line("movl $pml4_user + 0x801, %eax", "movq %rax, %cr3");
        }
        line(".section .task, \"aw\"", ".balign 65536", "stack: .fill 65536, 1, 0xa5", "task: .fill 65536, 1, 0xa5");
        line("entry_stack: .fill 4096, 1, 0xa5", "user_stack: .fill 4096, 1, 0xa5", "user_stack_end:");
    }

    private boolean usesBothPageTables() {
        return cpu.features().contains("X86_FEATURE_PTI");
    }

    /** Only what the image knows; a variable that no object uses is not there. */
    private void set(String place, String value, int size) {
        String symbol = place.replaceFirst("\\+.*", "");
        boolean used = symbol.equals("task")
                || world.objects().stream().anyMatch(o -> o.symbols().containsKey(symbol));
        if (used) {
            String mnemonic = switch (size) {
                case 1 -> "movb %r11b";
                case 2 -> "movw %r11w";
                case 4 -> "movl %r11d";
                default -> "movq %r11";
            };
            line("movabsq " + value + ", %r11", mnemonic + ", " + place + "(%rip)");
        }
    }

    private void write(CellValues.Value v) {
        set("task+" + v.offset(), "$" + v.value(), v.size());
    }

    private void userMode() {
        long flags = conditions.registers().getOrDefault("r11", 0x202L);
        line(".section .boot, \"awx\"");
        line("movl $boot_stack_end, %esp");
        line("pushq $0x2b", "pushq $user_stack_end", "pushq $0x" + Long.toHexString(flags & ~TRAP_FLAG));
        line("pushq $0x33", "pushq $user");
        int n = 0;
        for (String r : world.target().abi().dwarf()) {
            if (!r.equals("rsp")) {
                long value = conditions.registers().getOrDefault(r, junk(n++));
                line("movabsq $0x" + Long.toHexString(value) + ", %" + r);
            }
        }
        line("iretq", "user:", "pushq $0x" + Long.toHexString(flags), "popfq", "syscall");
        line(".global back", "back: jmp back");
        line(".balign 16", ".fill 4096, 1, 0xa5", "boot_stack_end:");
    }

    private void tables() {
        line(".balign 16", "gdt: .quad 0, 0x00cf9b000000ffff, 0x00af9b000000ffff, 0x00cf93000000ffff");
        line(".quad 0x00cffb000000ffff, 0x00cff3000000ffff, 0x00affb000000ffff");
        line("pointer: .word pointer - gdt - 1", ".long gdt");
        line(".section .tables, \"aw\"", ".balign 8192");
        line("pml4: .quad directory + 7", ".fill 511, 8, 0", "pml4_user: .quad directory + 7", ".fill 511, 8, 0");
        line("directory: .quad pages + 7", ".fill 511, 8, 0");
        line("pages: .set at, 0x87", ".rept 512", ".quad at", ".set at, at + 0x200000", ".endr");
    }

    private static long junk(int n) {
        return 0x5a5a_0000_1234_0000L + n;
    }

    private void function(String symbol, String name) {
        line(".global \"" + symbol + "\"", "\"" + symbol + "\":");
        conditions.after().getOrDefault(name, List.of()).forEach(this::write);
        int n = 100;
        for (String r : List.of("rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11")) {
            line("movabsq $0x" + Long.toHexString(junk(n++)) + ", %" + r);
        }
        long answer = conditions.answer(name, world.debug()).orElse(junk(200));
        line("movabsq $0x" + Long.toHexString(answer) + ", %rax", "cmpq %rcx, %rdx", "ret");
    }
}
