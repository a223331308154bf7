// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;

/**
 * Model-specific registers of x86. The bases of segments are ones that the path knows; of any other, each
 * read gives an answer of the environment. Source: SDM vol. 4, table 2-2 (C0000100H to C0000102H).
 */
public final class ModelSpecificRegisters {
    private static final Map<Long, String> BASES =
            Map.of(0xc0000100L, "fsbase", 0xc0000101L, "gsbase", 0xc0000102L, "kernelgsbase");

    private final Exprs x;

    ModelSpecificRegisters(Exprs x) {
        this.x = x;
    }

    /** The register that holds what a model-specific one is, for the bases of segments. */
    public static Optional<String> base(long number) {
        return Optional.ofNullable(BASES.get(number));
    }

    void read(State s, Expr number, List<Op.Result> results) {
        String to = results.getFirst().register();
        if (!(number instanceof Expr.Const c)) {
            throw new MemoryModel.Unmodelled("rdmsr of a register that is not known");
        }
        String base = BASES.get(c.value());
        String name = "rdmsr 0x" + Long.toHexString(c.value());
        if (base == null) {
            s.registers.put(to, new Numbered(x).value(s, name, 64, name + "#"));
            return;
        }
        Expr value = OpaqueCalls.register(s, base);
        boolean kernels = value instanceof Expr.Sym y && y.name().equals("percpu");
        s.registers.put(to, base.equals("gsbase") ? signed(x, value, kernels) : value);
    }

    /**
     * A base of {@code gs} as {@code rdmsr} gives it: that of the kernel has its highest bit set (Documentation/arch/x86/x86_64/mm.rst),
     * one of the user's has not where it is asked for: do_arch_prctl_64() takes addresses below TASK_SIZE_MAX alone, and with
     * FSGSBASE, which lets users set any, paranoid_entry does not ask.
     */
    public static Expr signed(Exprs x, Expr base, boolean kernels) {
        Expr highest = x.constant(1L << 63, 64);
        return kernels ? x.or(base, highest) : x.and(base, x.not(highest));
    }

    /** Writes a register and returns the event's name. */
    String write(State s, List<Expr> arguments) {
        if (!(arguments.get(0) instanceof Expr.Const c)) {
            throw new MemoryModel.Unmodelled("wrmsr of a register that is not known");
        }
        String base = BASES.get(c.value());
        if (base != null) {
            s.registers.put(base, arguments.get(1));
        }
        return String.format(Locale.ROOT, "wrmsr 0x%x", c.value());
    }
}
