// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.Decoded;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.Lifter;

/**
 * Lifts x86-64 instructions of 64-bit mode. Registers are {@code rax} to {@code r15} with 64 bits, the
 * status flags {@code cf pf af zf sf of}, the direction flag {@code df}, the alignment-check flag {@code ac}
 * and the interrupt flag {@code if} with one each, and {@code gsbase}, {@code kernelgsbase}, {@code fsbase}.
 *
 * <ul>
 *   <li>{@code call} is an {@link Op.Call} only: executing a call pushes the address after it.
 *   <li>A flag that the manual leaves undefined is an {@link Op.Undefine}: reading it is not analysed.
 *   <li>{@code pushfq} does not save the status flags but an answer of the environment: they are what the
 *       compiler's last arithmetic left behind, and no two compilations agree on them.
 *   <li>The kernel's return thunks and retpolines stand for the return or indirect branch they replace.
 * </ul>
 */
public final class X86Lifter implements Lifter {
    private static final Map<String, Rule> RULES = rules();

    private final Disassembler disassembler;

    /** A lifter that decodes with {@code disassembler}, made for x86-64. */
    public X86Lifter(Disassembler disassembler) {
        this.disassembler = disassembler;
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        Moves.register(rules);
        Addition.register(rules);
        Logic.register(rules);
        Shifts.register(rules);
        Multiplication.register(rules);
        BitTests.register(rules);
        BitScans.register(rules);
        Atomics.register(rules);
        Strings.register(rules);
        Stack.register(rules);
        Branches.register(rules);
        FlagControl.register(rules);
        Hints.register(rules);
        SystemInstructions.register(rules);
        SystemRegisters.register(rules);
        return Map.copyOf(rules);
    }

    /** The mnemonics that have a rule. */
    static Set<String> mnemonics() {
        return RULES.keySet();
    }

    @Override
    public Lifted lift(Exprs x, byte[] section, long offset, List<InstructionReloc> relocations) {
        if (offset < 0 || offset >= section.length) {
            return unsupported(offset, 1, "no instruction at offset " + offset);
        }
        Prefixes prefixes = Prefixes.NONE;
        int at = (int) offset;
        while (true) {
            Decoded decoded = disassembler.decode(section, at, 0).orElse(null);
            if (decoded == null) {
                return unsupported(offset, 1, String.format(Locale.ROOT, ".byte 0x%02x", section[at]));
            }
            prefixes = prefixes.and(decoded);
            at += decoded.length();
            if (!Prefixes.isPrefix(decoded.mnemonic())) {
                int length = at - (int) offset;
                return lift(new Insn(x, decoded, prefixes, offset, length, relocations), offset, length);
            }
        }
    }

    private static Lifted lift(Insn insn, long offset, int length) {
        String text = insn.text();
        Rule rule = RULES.get(insn.mnemonic());
        if (rule == null) {
            return unsupported(offset, length, text);
        }
        try {
            if (!insn.prefixes().unknown().isEmpty()) {
                throw new NotLifted("prefix " + insn.prefixes().unknown());
            }
            if (!insn.prefixes().repeat().isEmpty() && !Strings.mayRepeat(insn.mnemonic())) {
                throw new NotLifted("prefix " + insn.prefixes().repeat());
            }
            rule.lift(insn);
            insn.relocations().checkUsed();
        } catch (NotLifted e) {
            return unsupported(offset, length, text + ": " + e.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ClassCastException e) {
            // An operand form that the rule did not foresee: unknown, and never a guess.
            return unsupported(offset, length, text + ": operands not known");
        }
        return insn.lifted();
    }

    private static Lifted unsupported(long offset, int length, String text) {
        return new Lifted(offset, length, text, Lifted.Kind.SYSTEM, List.of(new Op.Unsupported(text)));
    }
}
