// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

/**
 * Operations on two bit-vectors of equal width. Comparisons have a result one bit wide, all others
 * the width of their operands. Shifts by the width or more give zero ({@link #ASHR}: copies of the
 * sign). Division by zero gives all ones for {@link #UDIV} and the dividend for {@link #UREM}, as in
 * SMT-LIB; lifters write out what their architecture does instead.
 */
public enum BinaryOp {
    ADD(true, false),
    SUB(false, false),
    MUL(true, false),
    /** The upper half of the unsigned double-width product. */
    MULHU(true, false),
    /** The upper half of the signed double-width product. */
    MULHS(true, false),
    UDIV(false, false),
    SDIV(false, false),
    UREM(false, false),
    SREM(false, false),
    AND(true, false),
    OR(true, false),
    XOR(true, false),
    SHL(false, false),
    LSHR(false, false),
    ASHR(false, false),
    EQ(true, true),
    ULT(false, true),
    ULE(false, true),
    SLT(false, true),
    SLE(false, true);

    private final boolean commutative;
    private final boolean comparison;

    BinaryOp(boolean commutative, boolean comparison) {
        this.commutative = commutative;
        this.comparison = comparison;
    }

    /** Whether the operands may change places. */
    public boolean commutative() {
        return commutative;
    }

    /** Whether the result is one bit wide. */
    public boolean comparison() {
        return comparison;
    }
}
