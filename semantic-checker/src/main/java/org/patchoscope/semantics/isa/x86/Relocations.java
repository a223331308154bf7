// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.InstructionReloc;

/**
 * The relocations of one instruction (System V ABI AMD64 supplement, section 4.4). Relative ones count
 * from their own place, the processor from the end of the instruction; the difference is added here.
 */
final class Relocations {
    private static final String PREFIX = "R_X86_64_";
    private static final Set<String> RELATIVE = Set.of("PC32", "PLT32");
    private static final Set<String> SIGNED = Set.of("32S", "64");
    private static final Set<String> TABLE = Set.of("GOTPCREL", "GOTPCRELX", "REX_GOTPCRELX");

    private final Exprs x;
    private final int length;
    private final List<InstructionReloc> open;
    private @Nullable Expr zeroExtended;

    /** Those of {@code relocations} that lie in an instruction of {@code length} bytes. */
    Relocations(Exprs x, List<InstructionReloc> relocations, int length) {
        this.x = x;
        this.length = length;
        this.open = new ArrayList<>(
                relocations.stream().filter(r -> r.at() < length).toList());
    }

    private @Nullable InstructionReloc take(Set<String> types) {
        for (InstructionReloc r : open) {
            if (r.type().startsWith(PREFIX) && types.contains(r.type().substring(PREFIX.length()))) {
                open.remove(r);
                return r;
            }
        }
        return null;
    }

    private long fromEnd(InstructionReloc r) {
        return r.addend() + length - r.at();
    }

    /** The address that a relocated displacement to the instruction pointer gives. */
    @Nullable
    Expr relative() {
        InstructionReloc r = take(RELATIVE);
        return r == null ? null : x.add(x.sym("&" + r.symbol(), 64), fromEnd(r));
    }

    /** The address whose place in the global offset table the displacement gives: the table's content. */
    @Nullable
    Expr throughTable() {
        InstructionReloc r = take(TABLE);
        return r == null ? null : x.add(x.sym("&" + r.symbol(), 64), fromEnd(r));
    }

    /** The absolute address that stands in a displacement, which is before an immediate if there is one. */
    @Nullable
    Expr displacement(boolean withImmediate) {
        for (InstructionReloc r : open) {
            if (r.type().equals(PREFIX + "32S") && (!withImmediate || r.at() + 4 < length)) {
                open.remove(r);
                return x.add(x.sym("&" + r.symbol(), 64), r.addend());
            }
        }
        return null;
    }

    /** The absolute address that is an immediate operand, {@code width} bits of it. */
    @Nullable
    Expr immediate(int width) {
        InstructionReloc r = take(SIGNED);
        if (r == null) {
            r = take(Set.of("32"));
            if (r == null) {
                return null;
            }
            zeroExtended = x.add(x.sym("&" + r.symbol(), 64), r.addend());
            return x.resize(x.extract(zeroExtended, 0, 32), width);
        }
        return x.resize(x.add(x.sym("&" + r.symbol(), 64), r.addend()), width);
    }

    /**
     * What {@code value} of 32 bits is with zeros above it, if it is an address of which the linker has made sure that it fits:
     * System V psABI for x86-64, table 4.9, {@code R_X86_64_32}.
     */
    Optional<Expr> withZerosAbove(Expr value) {
        return Optional.ofNullable(zeroExtended).filter(a -> value.width() == 32 && x.extract(a, 0, 32) == value);
    }

    /** Where a branch or call with a relocation goes. */
    Op.CodeTarget.@Nullable Symbol target() {
        InstructionReloc r = take(RELATIVE);
        return r == null ? null : new Op.CodeTarget.Symbol(r.symbol(), fromEnd(r));
    }

    void checkUsed() {
        if (!open.isEmpty()) {
            throw new NotLifted("relocation " + open.getFirst().type());
        }
    }
}
