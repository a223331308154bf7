// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.arm64;

import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.arm64.FirmwareCalls;

/**
 * What a function of arm64 that patches code makes of it when the kernel boots. Comparisons take every result that some
 * machine has, counts the one that a processor of the profile names. Sources: arch/arm64/kernel/alternative.c
 * ({@code alt_cb_patch_nops}), proton-pack.c ({@code spectre_*}, {@code smccc_*}), mte.c ({@code kasan_hw_tags_enable}),
 * arch/arm64/kvm/va_layout.c and vgic/vgic-v3.c ({@code kvm_*}).
 */
public sealed interface PatchCallback {
    /** Nops in the place of all instructions, on every machine that has the alternative's feature. */
    record Nops() implements PatchCallback {}

    /** Nops where {@code question}, a statement about the machine, is answered with {@code answer}. */
    record NopsWhere(String question, boolean answer) implements PatchCallback {}

    /** A call to firmware or to a hypervisor where {@code question} is true. */
    record Firmware(String question) implements PatchCallback {}

    /** A number in the register that the code sets, known to the machine as {@code name}, of {@code width} bits. */
    record Value(String name, int width) implements PatchCallback {}

    /** The number {@code value} in the register that the code sets, where {@code question} is true. */
    record ValueWhere(String question, long value) implements PatchCallback {}

    /** An address of the kernel's turned into one of the hypervisor's; nops where {@code same} is a feature of the CPU. */
    record HypervisorAddress(String same) implements PatchCallback {}

    /** A jump to code that is not at hand where {@code question} is true. */
    record Elsewhere(String question) implements PatchCallback {}

    /** ARM_SMCCC_ARCH_WORKAROUND_3 of include/linux/arm-smccc.h. */
    long WORKAROUND_3 = 0x80003fffL;

    /** What the function of that name does; empty where that is not known. */
    static Optional<PatchCallback> named(String function) {
        return Optional.ofNullable(
                switch (function) {
                    case "alt_cb_patch_nops" -> new Nops();
                    case "spectre_v4_patch_fw_mitigation_enable" ->
                        new NopsWhere("firmware switches the Spectre-v4 mitigation", true);
                    case "smccc_patch_fw_mitigation_conduit" ->
                        new Firmware("firmware or a hypervisor takes calls by SMCCC 1.1");
                    case "spectre_bhb_patch_loop_mitigation_enable" ->
                        new NopsWhere("a loop clears the branch history", true);
                    case "spectre_bhb_patch_fw_mitigation_enabled" ->
                        new NopsWhere("firmware clears the branch history", true);
                    case "spectre_bhb_patch_loop_iter" -> new Value("max_bhb_k", 8);
                    case "spectre_bhb_patch_wa3" -> new ValueWhere("firmware clears the branch history", WORKAROUND_3);
                    case "spectre_bhb_patch_clearbhb" ->
                        new NopsWhere("an instruction clears the branch history", false);
                    case "kasan_hw_tags_enable" -> new NopsWhere("KASAN uses memory tags", true);
                    case "kvm_update_va_mask" -> new HypervisorAddress("ARM64_HAS_VIRT_HOST_EXTN");
                    case "kvm_get_kimage_voffset" -> new Value("kimage_voffset", 64);
                    case "kvm_compute_final_ctr_el0" -> new Value("CTR_EL0 of the system", 64);
                    case "kvm_compute_ich_hcr_trap_bits" -> new Value("ICH_HCR_EL2 trap bits", 16);
                    case "kvm_patch_vector_branch" -> new Elsewhere("KVM enters its vectors by hardened ones");
                    default -> null;
                });
    }

    /** What a path calls the answer to a question about the machine. */
    static Expr answer(Exprs x, String question) {
        return x.sym("boot:" + question, 1);
    }

    /** Where code with the alternative's feature is patched, beyond that it is asked for. */
    default Expr when(Exprs x) {
        return switch (this) {
            case Nops n -> x.yes();
            case NopsWhere w -> w.answer ? answer(x, w.question) : x.not(answer(x, w.question));
            case Firmware f -> answer(x, f.question);
            case Value n -> x.yes();
            case ValueWhere w -> answer(x, w.question);
            case HypervisorAddress h -> x.yes();
            case Elsewhere e -> answer(x, e.question);
        };
    }

    /** What is there then in the place of all that the alternative covers, of which {@code first} is the first instruction. */
    default List<Op> code(Exprs x, Lifted first) {
        return switch (this) {
            case Nops n -> List.of();
            case NopsWhere w -> List.of();
            case Firmware f -> List.of(FirmwareCalls.call(x, FirmwareCalls.BY_CONDUIT));
            case Value n -> List.of(set(first, x.zeroExtend(x.sym(n.name, n.width), 64)));
            case ValueWhere w -> List.of(set(first, x.constant(w.value, 64)));
            case HypervisorAddress h -> List.of(hypervisors(x, first, h.same));
            case Elsewhere e -> List.of(new Op.Unsupported("a jump that is made at boot, to code that is not at hand"));
        };
    }

    /** Whether what is there then leaves all registers alone. */
    default boolean setsNothing() {
        return this instanceof Nops || this instanceof NopsWhere;
    }

    private static Op set(Lifted first, Expr value) {
        return first.ops().size() == 1 && first.ops().getFirst() instanceof Op.Set s
                ? new Op.Set(s.register(), value)
                : new Op.Unsupported("code patched at boot that sets no register: " + first.text());
    }

    /** The tag and the mask are the same for all addresses (kvm_compute_layout()), so the result hangs on the address alone. */
    private static Op hypervisors(Exprs x, Lifted first, String same) {
        if (first.ops().size() == 1 && first.ops().getFirst() instanceof Op.Set s) {
            Expr address = x.reg(s.register(), 64);
            Expr other = x.apply("kern_hyp_va", 64, List.of(address));
            return new Op.Set(s.register(), x.ite(x.sym("cpu:" + same, 1), address, other));
        }
        return new Op.Unsupported("code patched at boot that sets no register: " + first.text());
    }
}
