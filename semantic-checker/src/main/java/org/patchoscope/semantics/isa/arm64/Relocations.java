// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.InstructionReloc;

/** The relocations of one instruction. One that no rule has asked for is one that is not understood. */
final class Relocations {
    private static final String PREFIX = "R_AARCH64_";

    private final Exprs x;
    private final List<InstructionReloc> open;

    Relocations(Exprs x, List<InstructionReloc> relocations) {
        this.x = x;
        this.open = new ArrayList<>(relocations);
    }

    private @Nullable InstructionReloc take(String type) {
        for (InstructionReloc r : open) {
            if (r.type().equals(PREFIX + type)) {
                open.remove(r);
                return r;
            }
        }
        return null;
    }

    /** The address that a relocation of this type (without its prefix) stands for. */
    @Nullable
    Expr address(String type) {
        InstructionReloc r = take(type);
        return r == null ? null : x.add(x.sym("&" + r.symbol(), 64), r.addend());
    }

    /** Where a branch with a relocation of this type goes. */
    Op.@Nullable CodeTarget target(String type) {
        InstructionReloc r = take(type);
        return r == null ? null : new Op.CodeTarget.Symbol(r.symbol(), r.addend());
    }

    /** The lower 12 bits of an address, for an access of {@code bits} or an addition (zero). */
    @Nullable
    Expr low12(int bits) {
        Expr a = address(bits == 0 ? "ADD_ABS_LO12_NC" : "LDST" + bits + "_ABS_LO12_NC");
        return a == null ? null : x.and(a, x.constant(0xfff, 64));
    }

    /** The 16 bits of an address that {@code movz} or {@code movk} places at {@code shift}. */
    @Nullable
    Expr slice(int shift) {
        String group = "MOVW_UABS_G" + shift / 16;
        Expr a = address(group);
        a = a != null ? a : address(group + "_NC");
        return a == null ? null : x.extract(a, shift, 16);
    }

    void checkUsed() {
        if (!open.isEmpty()) {
            throw new NotLifted("relocation " + open.getFirst().type());
        }
    }
}
