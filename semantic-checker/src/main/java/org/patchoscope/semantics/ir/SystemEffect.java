// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.ir;

/** What an instruction does to the machine outside of registers and memory. */
public sealed interface SystemEffect {

    /** Reads a system register, named as the assembler does ({@code SP_EL0}, {@code ESR_EL1}, {@code cr3}). */
    record ReadRegister(String name) implements SystemEffect {}

    /** Writes a system register; its one argument is the new value. */
    record WriteRegister(String name) implements SystemEffect {}

    /** Reads a model-specific register (x86); the argument is its number, the one result its 64 bits. */
    record ReadModelSpecific() implements SystemEffect {}

    /** Writes a model-specific register (x86); the arguments are its number and the value. */
    record WriteModelSpecific() implements SystemEffect {}

    /** Sets ({@code true}) or clears interrupt mask bits; arm64: the DAIF immediate, x86: one for IF clear. */
    record InterruptMask(boolean set, int bits) implements SystemEffect {}

    /** A barrier ({@code dsb ish}, {@code isb}, {@code csdb}, {@code lfence}, …), by its assembler text. */
    record Barrier(String text) implements SystemEffect {}

    /** Another instruction that is visible: {@code swapgs}, {@code clac}, {@code out}, {@code cpuid}, … */
    record Mode(String text) implements SystemEffect {}

    /** Cache and TLB maintenance, by its assembler text; the address, if any, is the argument. */
    record Maintenance(String text) implements SystemEffect {}

    /** A call to firmware or a hypervisor: {@code smc}, {@code hvc}, {@code vmcall}. */
    record Monitor(String text) implements SystemEffect {}

    /** A hint that has no effect on values or on what others see ({@code nop}, {@code bti}, {@code yield}). */
    record Hint(String text) implements SystemEffect {}
}
