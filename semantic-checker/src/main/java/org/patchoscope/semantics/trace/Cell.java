// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

import org.patchoscope.semantics.expr.Expr;

/**
 * Eight bytes of memory: the word at {@code offset} (a multiple of 8, possibly negative) from where
 * {@code base} points. Objects with different bases are taken to be disjoint.
 */
public record Cell(Expr base, long offset) {}
