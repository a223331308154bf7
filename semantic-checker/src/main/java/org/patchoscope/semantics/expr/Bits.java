// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

/** Arithmetic on constants of 1 to 64 bits, held in the low bits of a {@code long}. */
public final class Bits {
    private Bits() {}

    /** A mask of {@code width} ones. */
    public static long mask(int width) {
        return width == 64 ? -1L : (1L << width) - 1;
    }

    /** {@code v} with its bit {@code width - 1} copied upwards. */
    public static long signExtend(long v, int width) {
        int unused = 64 - width;
        return v << unused >> unused;
    }

    /** The value of {@code op} on constants of {@code width} bits. */
    public static long apply(BinaryOp op, int width, long a, long b) {
        long sa = signExtend(a, width);
        long sb = signExtend(b, width);
        long r = switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case MULHU -> width == 64 ? Math.unsignedMultiplyHigh(a, b) : (a * b) >>> width;
            case MULHS -> width == 64 ? Math.multiplyHigh(a, b) : (sa * sb) >> width;
            case UDIV -> b == 0 ? -1 : Long.divideUnsigned(a, b);
            case UREM -> b == 0 ? a : Long.remainderUnsigned(a, b);
            case SDIV -> b == 0 ? (sa >= 0 ? -1 : 1) : sa / sb;
            case SREM -> b == 0 ? sa : sa % sb;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> Long.compareUnsigned(b, width) >= 0 ? 0 : a << b;
            case LSHR -> Long.compareUnsigned(b, width) >= 0 ? 0 : a >>> b;
            case ASHR -> Long.compareUnsigned(b, width) >= 0 ? sa >> 63 : sa >> b;
            case EQ -> a == b ? 1 : 0;
            case ULT -> Long.compareUnsigned(a, b) < 0 ? 1 : 0;
            case ULE -> Long.compareUnsigned(a, b) <= 0 ? 1 : 0;
            case SLT -> sa < sb ? 1 : 0;
            case SLE -> sa <= sb ? 1 : 0;
        };
        return r & mask(op.comparison() ? 1 : width);
    }

    /** The value of {@code op} on a constant of {@code width} bits. */
    public static long apply(UnaryOp op, int width, long a) {
        long r = switch (op) {
            case NOT -> ~a;
            case NEG -> -a;
            case CLZ -> Long.numberOfLeadingZeros(a) - (64 - width);
            case REVERSE_BITS -> Long.reverse(a) >>> (64 - width);
            case POPCOUNT -> Long.bitCount(a);
        };
        return r & mask(width);
    }
}
