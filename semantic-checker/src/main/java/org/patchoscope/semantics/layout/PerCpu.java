// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.layout;

import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;

/**
 * What is added to the address of a per-CPU variable to get a processor's copy of it ({@code include/asm-generic/percpu.h},
 * {@code arch/x86/include/asm/percpu.h}, {@code arch/arm64/include/asm/percpu.h}): 64 bits, a distance and no address of an object.
 */
public final class PerCpu {
    /** The base that {@code %gs} adds, and the registers that arm64 keeps the distance in (with VHE that of EL2). */
    private static final Set<String> OWN = Set.of("percpu", "TPIDR_EL1", "TPIDR_EL2");

    private PerCpu() {}

    /** Whether {@code e} is the distance of the processor that runs. */
    public static boolean isOwnOffset(Expr e) {
        return e instanceof Expr.Sym s && OWN.contains(s.name())
                || read(e).filter(of -> variable(of, "&this_cpu_off")).isPresent();
    }

    /** Whether {@code e} is the distance of any processor. */
    static boolean isOffset(Expr e) {
        return isOwnOffset(e)
                || read(e).filter(of -> isNamed(of, "&__per_cpu_offset")).isPresent();
    }

    /** The object that a word of memory is read from. */
    private static Optional<Expr> read(Expr e) {
        return e instanceof Expr.Apply a && a.function().startsWith("memory")
                ? Optional.of(a.arguments().getFirst())
                : Optional.empty();
    }

    private static boolean variable(Expr of, String name) {
        return isNamed(of, name)
                || of instanceof Expr.Binary b
                        && b.op() == BinaryOp.ADD
                        && (isNamed(b.left(), name) && isOwnOffset(b.right())
                                || isNamed(b.right(), name) && isOwnOffset(b.left()));
    }

    private static boolean isNamed(Expr e, String name) {
        return e instanceof Expr.Sym s && s.name().equals(name);
    }
}
