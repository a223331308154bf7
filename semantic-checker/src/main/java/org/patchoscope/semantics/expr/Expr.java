// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.List;

/**
 * A bit-vector expression of 1 to 64 bits. Nodes are made by {@link Exprs} only, which gives every
 * structurally equal expression the same object: equality is identity, and {@code id} numbers the
 * nodes of one factory in the order they were made, so that anything sorted by it is reproducible.
 */
public sealed interface Expr {

    /** The node's number in its factory. */
    int id();

    /** Width in bits, 1 to 64. */
    int width();

    /** A constant; bits above {@code width} of {@code value} are zero. */
    record Const(int id, int width, long value) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** An input or an answer of the environment: a value nobody knows. */
    record Sym(int id, int width, String name) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** A register or a temporary of lifted code, to be replaced by its value when it is executed. */
    record Reg(int id, int width, String name) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** An uninterpreted function: equal arguments give equal results, nothing more is known. */
    record Apply(int id, int width, String function, List<Expr> arguments) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** An operation on one operand. */
    record Unary(int id, int width, UnaryOp op, Expr operand) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** An operation on two operands of equal width. */
    record Binary(int id, int width, BinaryOp op, Expr left, Expr right) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** The bits {@code low} to {@code low + width - 1} of the operand. */
    record Extract(int id, int width, int low, Expr operand) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** Two vectors joined; {@code high} holds the upper bits. */
    record Concat(int id, int width, Expr high, Expr low) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** The operand widened by copies of its sign. (Widening by zeros is a {@link Concat}.) */
    record SignExtend(int id, int width, Expr operand) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** {@code whenTrue} where the one-bit condition is one, else {@code whenFalse}. */
    record Ite(int id, int width, Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** Whether this is the constant {@code v} (taken modulo the width). */
    default boolean isConst(long v) {
        return this instanceof Const c && c.value() == (v & Bits.mask(width()));
    }
}
