// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.util.Map;
import net.fornwall.jelf.ElfFile;

/**
 * Names of the relocation types that kernel objects use. Sources: ELF for the Arm 64-bit Architecture
 * (AAELF64), section 5.7; System V ABI AMD64 supplement, section 4.4.
 */
final class RelocationTypes {
    private static final Map<Integer, String> AARCH64 = Map.ofEntries(
            Map.entry(257, "R_AARCH64_ABS64"),
            Map.entry(258, "R_AARCH64_ABS32"),
            Map.entry(259, "R_AARCH64_ABS16"),
            Map.entry(260, "R_AARCH64_PREL64"),
            Map.entry(261, "R_AARCH64_PREL32"),
            Map.entry(262, "R_AARCH64_PREL16"),
            Map.entry(263, "R_AARCH64_MOVW_UABS_G0"),
            Map.entry(264, "R_AARCH64_MOVW_UABS_G0_NC"),
            Map.entry(265, "R_AARCH64_MOVW_UABS_G1"),
            Map.entry(266, "R_AARCH64_MOVW_UABS_G1_NC"),
            Map.entry(267, "R_AARCH64_MOVW_UABS_G2"),
            Map.entry(268, "R_AARCH64_MOVW_UABS_G2_NC"),
            Map.entry(269, "R_AARCH64_MOVW_UABS_G3"),
            Map.entry(270, "R_AARCH64_MOVW_SABS_G0"),
            Map.entry(271, "R_AARCH64_MOVW_SABS_G1"),
            Map.entry(272, "R_AARCH64_MOVW_SABS_G2"),
            Map.entry(273, "R_AARCH64_LD_PREL_LO19"),
            Map.entry(274, "R_AARCH64_ADR_PREL_LO21"),
            Map.entry(275, "R_AARCH64_ADR_PREL_PG_HI21"),
            Map.entry(276, "R_AARCH64_ADR_PREL_PG_HI21_NC"),
            Map.entry(277, "R_AARCH64_ADD_ABS_LO12_NC"),
            Map.entry(278, "R_AARCH64_LDST8_ABS_LO12_NC"),
            Map.entry(279, "R_AARCH64_TSTBR14"),
            Map.entry(280, "R_AARCH64_CONDBR19"),
            Map.entry(282, "R_AARCH64_JUMP26"),
            Map.entry(283, "R_AARCH64_CALL26"),
            Map.entry(284, "R_AARCH64_LDST16_ABS_LO12_NC"),
            Map.entry(285, "R_AARCH64_LDST32_ABS_LO12_NC"),
            Map.entry(286, "R_AARCH64_LDST64_ABS_LO12_NC"),
            Map.entry(299, "R_AARCH64_LDST128_ABS_LO12_NC"));

    private static final Map<Integer, String> X86_64 = Map.ofEntries(
            Map.entry(1, "R_X86_64_64"),
            Map.entry(2, "R_X86_64_PC32"),
            Map.entry(4, "R_X86_64_PLT32"),
            Map.entry(9, "R_X86_64_GOTPCREL"),
            Map.entry(10, "R_X86_64_32"),
            Map.entry(11, "R_X86_64_32S"),
            Map.entry(12, "R_X86_64_16"),
            Map.entry(14, "R_X86_64_8"),
            Map.entry(15, "R_X86_64_PC8"),
            Map.entry(24, "R_X86_64_PC64"),
            Map.entry(41, "R_X86_64_GOTPCRELX"),
            Map.entry(42, "R_X86_64_REX_GOTPCRELX"));

    private RelocationTypes() {}

    static String name(short machine, int type) {
        Map<Integer, String> names = machine == ElfFile.ARCH_AARCH64 ? AARCH64 : X86_64;
        return names.getOrDefault(type, "relocation type " + type);
    }

    /** Whether this counts from its own place, which x86 code makes up for in the addend. */
    static boolean isX86Relative(String type) {
        return type.equals("R_X86_64_PC32") || type.equals("R_X86_64_PLT32");
    }
}
