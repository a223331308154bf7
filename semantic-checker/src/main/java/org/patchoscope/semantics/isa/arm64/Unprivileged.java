// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.isa.Decoded;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.Operand;

/**
 * Unprivileged loads and stores ({@code ldtr}, {@code sttr} and their kin) of the register that is also the base, as {@code
 * get_user()} has them. LLVM takes them for unpredictable, as those are that write the base back; these do not (Arm ARM,
 * C6.2, LDTR: its pseudocode has no constraint).
 */
final class Unprivileged {
    private static final int CLASS = 0x3f200c00;
    private static final int UNPRIVILEGED = 0x38000800;
    private static final int STACK_POINTER = 31;

    private Unprivileged() {}

    /** The instruction {@code word}, if it is one of these. */
    static Optional<Decoded> decode(Disassembler disassembler, int word) {
        int register = word & 31;
        if ((word & CLASS) != UNPRIVILEGED || register != (word >>> 5 & 31) || register == STACK_POINTER) {
            return Optional.empty();
        }
        int other = word ^ 1;
        byte[] code = {(byte) other, (byte) (other >>> 8), (byte) (other >>> 16), (byte) (other >>> 24)};
        return disassembler.decode(code, 0, 0).flatMap(d -> renamed(d, register));
    }

    private static Optional<Decoded> renamed(Decoded d, int register) {
        if (!(d.operands().getFirst() instanceof Operand.Register r)) {
            return Optional.empty();
        }
        String name = r.name().charAt(0) + Integer.toString(register);
        List<Operand> operands = new ArrayList<>(d.operands());
        operands.set(0, new Operand.Register(name));
        return Optional.of(new Decoded(d.length(), d.text().replaceFirst(r.name(), name), d.mnemonic(), operands));
    }
}
