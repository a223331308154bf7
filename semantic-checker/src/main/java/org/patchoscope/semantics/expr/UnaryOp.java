// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

/** Operations on one bit-vector; the result has the operand's width. */
public enum UnaryOp {
    /** Bitwise complement. */
    NOT,
    /** Two's complement negation. */
    NEG,
    /** Number of leading zero bits; the width for zero. */
    CLZ,
    /** Bits in reverse order. */
    REVERSE_BITS,
    /** Number of one bits. */
    POPCOUNT
}
