// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.x86;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Prototype;

/**
 * Types of the C functions that x86-64 vectors call, for debug information says nothing of what assembly calls. They are
 * named and declared by the macros of arch/x86/include/asm/idtentry.h; {@code sync_regs()} and its like are in
 * arch/x86/kernel/traps.c, what FRED calls in arch/x86/entry/entry_fred.c, {@code ret_from_fork()} in arch/x86/kernel/process.c.
 */
final class X86Handlers {
    private static final DebugInfo.Type NOTHING = new DebugInfo.Type("void", 0);
    private static final DebugInfo.Type REGISTERS = new DebugInfo.Type("pt_regs *", 8);
    private static final DebugInfo.Type NUMBER = new DebugInfo.Type("unsigned long", 8);

    private static final DebugInfo.Type POINTER = new DebugInfo.Type("void *", 8);

    /** They copy the registers to another stack and return where. */
    private static final Set<String> MOVE_REGISTERS = Set.of("sync_regs", "fixup_bad_iret", "vc_switch_off_ist");

    /** {@code DECLARE_IDTENTRY_ERRORCODE}, {@code _RAW_ERRORCODE}, {@code _DF} and {@code _IRQ}. */
    private static final Set<String> WITH_ERROR_CODE = Set.of(
            "exc_invalid_tss",
            "exc_segment_not_present",
            "exc_stack_segment",
            "exc_general_protection",
            "exc_alignment_check",
            "exc_page_fault",
            "exc_double_fault",
            "exc_control_protection",
            "user_exc_vmm_communication",
            "kernel_exc_vmm_communication",
            "common_interrupt",
            "spurious_interrupt");

    private static final Pattern WITHOUT = Pattern.compile(
            "(noist_)?exc_\\w+|sysvec_\\w+|do_int80_emulation|int80_emulation|fred_entry_from_(user|kernel)");

    private static final String STUB = "asm_";

    private X86Handlers() {}

    /** Whether the stack has an error code, or a number, when the vector's assembly begins. */
    static boolean withErrorCode(String vector) {
        String called = vector.startsWith(STUB) ? vector.substring(STUB.length()) : vector;
        return WITH_ERROR_CODE.contains(called) || called.equals("exc_vmm_communication");
    }

    static Optional<Prototype> prototype(String function) {
        if (MOVE_REGISTERS.contains(function)) {
            return Optional.of(declared(function, REGISTERS, List.of(REGISTERS)));
        }
        if (WITH_ERROR_CODE.contains(function)) {
            return Optional.of(declared(function, NOTHING, List.of(REGISTERS, NUMBER)));
        }
        if (function.equals("ret_from_fork")) {
            return Optional.of(declared(function, NOTHING, List.of(POINTER, REGISTERS, POINTER, POINTER)));
        }
        return WITHOUT.matcher(function).matches()
                ? Optional.of(declared(function, NOTHING, List.of(REGISTERS)))
                : Optional.empty();
    }

    private static Prototype declared(String name, DebugInfo.Type result, List<DebugInfo.Type> parameters) {
        List<String> names = parameters.stream().map(DebugInfo.Type::text).toList();
        return new Prototype(name, result, parameters, names, List.of(), false, false, false);
    }
}
