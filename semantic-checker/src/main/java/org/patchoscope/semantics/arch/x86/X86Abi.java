// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.x86;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.arch.VectorSlots;

/** The calling convention of x86-64 and its registers with a fixed meaning. */
public final class X86Abi {
    /** X86_FEATURE_ALWAYS of arch/x86/include/asm/cpufeatures.h: every processor has it. */
    private static final int X86_FEATURE_ALWAYS = 3 * 32 + 21;

    private X86Abi() {}

    /** The System V convention as the kernel uses it, with its per-CPU variables behind {@code gs}. */
    public static Abi abi() {
        return new Abi(
                List.of("rdi", "rsi", "rdx", "rcx", "r8", "r9"),
                "rax",
                "rdx",
                List.of("rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11"),
                List.of("rbx", "r12", "r13", "r14", "r15"),
                List.of("cf", "pf", "af", "zf", "sf", "of"),
                "rsp",
                "rbp",
                "",
                "",
                "gsbase",
                Map.of(
                        "current_task", "current",
                        "const_current_task", "current",
                        "__stack_chk_guard", "stack canary",
                        "__ref_stack_chk_guard", "stack canary",
                        "cpu_current_top_of_stack", Abi.TOP_OF_STACK,
                        "const_cpu_current_top_of_stack", Abi.TOP_OF_STACK),
                new Abi.InterruptMask("if", 1, 0, false, 0),
                Map.of(
                        "gsbase", new Abi.Initial(64, "percpu"),
                        "kernelgsbase", new Abi.Initial(64, "user gsbase"),
                        "fsbase", new Abi.Initial(64, "user fsbase"),
                        "rflags", new Abi.Initial(64, ""),
                        "ac", new Abi.Initial(1, ""),
                        "df", new Abi.Initial(1, "")),
                "mov",
                List.of(
                        "rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13",
                        "r14", "r15"),
                (number, name) -> number == X86_FEATURE_ALWAYS,
                X86ExceptionTable::new,
                X86Routines.all(),
                X86Handlers::prototype,
                // arch/x86/kernel/traps.c
                "sync_regs",
                X86Vectors::of,
                context(),
                Map.of(),
                function -> VectorSlots.NONE);
    }

    private static Context context() {
        return new Context(
                List.of(
                        new Context.Part("TF", "rflags", 8, 1),
                        new Context.Part("IOPL", "rflags", 12, 2),
                        new Context.Part("NT", "rflags", 14, 1),
                        new Context.Part("AC", "ac", 0, 1),
                        new Context.Part("DF", "df", 0, 1),
                        new Context.Part("IF", "if", 0, 1),
                        new Context.Part("GS base", "gsbase", 0, 64),
                        new Context.Part("base of swapgs", "kernelgsbase", 0, 64),
                        new Context.Part("FS base", "fsbase", 0, 64),
                        new Context.Part("CR0", "sys:cr0", 0, 64),
                        new Context.Part("CR3", "sys:cr3", 0, 64),
                        new Context.Part("CR4", "sys:cr4", 0, 64),
                        new Context.Part(Context.ORDER, Context.ORDER_REGISTER, 0, 64)),
                List.of("cr2", "dr6"));
    }
}
