// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.x86;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchoscope.semantics.arch.Abi.Initial;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.arch.Vector.Origin;
import org.patchoscope.semantics.arch.Vector.Pushed;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.UnaryOp;

/**
 * Where an x86-64 processor enters the kernel. Sources: SDM vol. 3A, sections 5.8.8 (SYSCALL) and 6.14; arch/x86/kernel/idt.c
 * (all vectors are interrupt gates, so interrupts are off); arch/x86/include/asm/idtentry.h for names and error codes;
 * arch/x86/entry/entry_64.S for which vectors come with the user's GS base from the kernel ({@code paranoid_entry});
 * FRED specification, section 5.2 (event delivery from user mode exchanges the GS bases by itself).
 */
public final class X86Vectors {
    /** What a path calls the feature of a processor that a guest of Xen's sees. */
    public static final String XEN_GUEST = "cpu:X86_FEATURE_XENPV";

    private static final Initial USER_GS = new Initial(64, "user gsbase");
    private static final Initial KERNEL_GS = new Initial(64, "percpu");
    private static final Initial OFF = new Initial(1, "");

    /** GS bases and interrupts where the kernel is entered with the user's GS base. */
    public static final Map<String, Initial> WITH_USER_GS =
            Map.of("gsbase", USER_GS, "kernelgsbase", KERNEL_GS, "if", OFF);

    /** What the frame of an interrupt gate has of the flags: TF, NT, RF and VM are clear then (SDM vol. 3A, section 6.12.1.3). */
    private static final String GATE_FLAGS = "interrupted flags";

    public static final Map<String, Initial> WITH_KERNEL_GS =
            Map.of("gsbase", KERNEL_GS, "kernelgsbase", USER_GS, "if", OFF);

    /** IOPL, VIF, VIP and ID: what a gate leaves of the flags that are no status. */
    private static final long BY_GATE = 0x3000 | 0x80000 | 0x100000 | 0x200000;

    /** TF and NT too: SYSENTER clears IF, VM and RF alone (SDM vol. 2, SYSENTER). */
    private static final long BY_SYSENTER = BY_GATE | 0x100 | 0x4000;

    private static final Origin USER = new Origin(
            "entered from user mode", "entered from user mode", true, withFlags(WITH_USER_GS, GATE_FLAGS, BY_GATE));
    private static final Origin KERNEL =
            new Origin("entered from the kernel", "", false, withFlags(WITH_KERNEL_GS, GATE_FLAGS, BY_GATE));
    private static final Origin SWAPPED = new Origin(
            "entered from the kernel with the user's GS",
            "entered with the user's GS",
            false,
            withFlags(WITH_USER_GS, GATE_FLAGS, BY_GATE));
    // FRED delivers events with all flags clear.
    private static final Origin EVENT = new Origin("", "", true, WITH_KERNEL_GS);
    private static final Origin EVENT_KERNEL = new Origin("entered from the kernel", "", false, WITH_KERNEL_GS);

    /** {@code system_call} and {@code ia32_cstar_target} are names before Linux 4.2. */
    private static final Set<String> SYSTEM_CALLS = Set.of(
            "entry_SYSCALL_64", "entry_SYSCALL_compat", "entry_SYSENTER_compat", "system_call", "ia32_cstar_target");

    /** They come at any instruction of the kernel's, that between {@code swapgs} and the exit among them. */
    private static final Set<String> PARANOID = Set.of(
            "asm_exc_nmi",
            "asm_exc_debug",
            "asm_exc_machine_check",
            "asm_exc_double_fault",
            "asm_exc_vmm_communication");

    /** Stubs that push the number of their vector themselves. */
    private static final Set<String> STUBS = Set.of("irq_entries_start", "spurious_entries_start");

    private static final Pattern NAMES =
            Pattern.compile("asm_(exc|sysvec)_\\w+|asm_(common|spurious)_interrupt|asm_int80_emulation");

    private X86Vectors() {}

    private static Map<String, Initial> withFlags(Map<String, Initial> registers, String flags, long kept) {
        Map<String, Initial> all = new HashMap<>(registers);
        all.put("rflags", Initial.part(flags, 0, 64, kept));
        all.put("ac", Initial.part(flags, 18, 1, 1));
        all.put("df", Initial.part(flags, 10, 1, 1));
        return all;
    }

    /** SYSCALL clears all flags that MSR_SYSCALL_MASK names; SYSENTER has no such mask, and a stack pointer of its own. */
    private static Map<String, Initial> bySystemCall(String function) {
        boolean sysenter = function.equals("entry_SYSENTER_compat");
        Map<String, Initial> registers =
                sysenter ? withFlags(WITH_USER_GS, "user flags", BY_SYSENTER) : new HashMap<>(WITH_USER_GS);
        registers.put("rsp", new Initial(64, sysenter ? "SYSENTER's stack" : "user rsp"));
        return registers;
    }

    static Optional<Vector> of(String function) {
        if (SYSTEM_CALLS.contains(function)) {
            Map<String, Initial> registers = bySystemCall(function);
            return Optional.of(new Vector(Pushed.NOTHING, List.of(new Origin("", "", true, registers))));
        }
        return switch (function) {
            case "asm_fred_entrypoint_user" -> Optional.of(new Vector(Pushed.FRAME_AND_CODE, List.of(EVENT)));
            case "asm_fred_entrypoint_kernel" -> Optional.of(new Vector(Pushed.FRAME_AND_CODE, List.of(EVENT_KERNEL)));
            default ->
                STUBS.contains(function) || NAMES.matcher(function).matches()
                        ? Optional.of(new Vector(
                                X86Handlers.withErrorCode(function) ? Pushed.FRAME_AND_CODE : Pushed.FRAME,
                                PARANOID.contains(function) ? List.of(USER, SWAPPED, KERNEL) : List.of(USER, KERNEL)))
                        : Optional.empty();
        };
    }

    /**
     * Whether a branch tells apart the two places of the kernel that can fault with the user's GS base: where it holds, or, as
     * {@code false}, where it does not. They are found by comparing the interrupted instruction pointer for equality alone
     * (comment before {@code .Lerror_entry_from_usermode_after_swapgs} and its like, arch/x86/entry/entry_64.S).
     */
    public static Optional<Boolean> faultWithUserGs(Expr condition) {
        if (condition instanceof Expr.Unary u && u.op() == UnaryOp.NOT) {
            return faultWithUserGs(u.operand()).map(holds -> !holds);
        }
        return condition instanceof Expr.Binary b
                        && b.op() == BinaryOp.EQ
                        && (isInstructionPointer(b.left()) || isInstructionPointer(b.right()))
                ? Optional.of(true)
                : Optional.empty();
    }

    /** A guest of Xen's that gets its exceptions from it, with the kernel's GS base in place: arch/x86/xen/xen-asm.S. */
    public static Optional<Boolean> fromXen(Expr condition) {
        if (condition instanceof Expr.Unary u && u.op() == UnaryOp.NOT) {
            return fromXen(u.operand()).map(holds -> !holds);
        }
        return condition instanceof Expr.Sym s && s.name().equals(XEN_GUEST) ? Optional.of(true) : Optional.empty();
    }

    private static boolean isInstructionPointer(Expr e) {
        return e instanceof Expr.Sym s && s.name().equals("interrupted ip");
    }
}
