// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.Decoded;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.Lifter;

/**
 * Lifts AArch64 instructions. Registers are {@code x0} to {@code x30} and {@code sp} with 64 bits, and the
 * flags {@code n z c v} with one.
 *
 * <ul>
 *   <li>{@code bl} and {@code blr} are an {@link Op.Call} only: executing a call sets the link register
 *       {@code x30} to the address after it.
 *   <li>Pointer authentication ({@code paciasp}, {@code autiasp}, {@code xpaci}, {@code retaa}, …) leaves
 *       values as they are: code that the kernel's own pointers pass through is the same with and without.
 *   <li>A store-exclusive may fail: its status is a result of the environment, and memory keeps its value
 *       where it does.
 * </ul>
 */
public final class Arm64Lifter implements Lifter {
    private static final Map<String, Rule> RULES = rules();

    private final Disassembler disassembler;

    /** A lifter that decodes with {@code disassembler}, made for AArch64 with all features. */
    public Arm64Lifter(Disassembler disassembler) {
        this.disassembler = disassembler;
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        Moves.register(rules);
        Addition.register(rules);
        Logic.register(rules);
        Bitfields.register(rules);
        Multiplication.register(rules);
        BitOperations.register(rules);
        Selection.register(rules);
        Branches.register(rules);
        LoadsAndStores.register(rules);
        Pairs.register(rules);
        Exclusives.register(rules);
        Atomics.register(rules);
        SystemRegisters.register(rules);
        Barriers.register(rules);
        PointerAuthentication.register(rules);
        VectorState.register(rules);
        return Map.copyOf(rules);
    }

    /** The mnemonics that have a rule. */
    static java.util.Set<String> mnemonics() {
        return RULES.keySet();
    }

    @Override
    public Lifted lift(Exprs x, byte[] section, long offset, List<InstructionReloc> relocations) {
        int at = (int) offset;
        if (offset < 0 || offset > section.length - 4L) {
            return unsupported(offset, 4, "no instruction at offset " + offset);
        }
        int word = Insn.word(section, at);
        Decoded decoded = disassembler
                .decode(section, at, 0)
                .or(() -> Unprivileged.decode(disassembler, word))
                .orElse(null);
        if (decoded == null) {
            return unsupported(offset, 4, String.format(Locale.ROOT, ".inst 0x%08x", word));
        }
        Rule rule = RULES.get(decoded.mnemonic());
        if (rule == null) {
            return unsupported(offset, decoded.length(), decoded.text());
        }
        Insn insn = new Insn(x, decoded, offset, word, relocations);
        try {
            rule.lift(insn);
            insn.checkRelocationsUsed();
        } catch (NotLifted e) {
            return unsupported(offset, decoded.length(), decoded.text() + ": " + e.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ClassCastException e) {
            // An operand form that the rule did not foresee: unknown, and never a guess.
            return unsupported(offset, decoded.length(), decoded.text() + ": operands not known");
        }
        return insn.lifted();
    }

    private static Lifted unsupported(long offset, int length, String text) {
        return new Lifted(offset, length, text, Lifted.Kind.SYSTEM, List.of(new Op.Unsupported(text)));
    }
}
