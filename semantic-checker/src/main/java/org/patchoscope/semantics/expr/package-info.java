// SPDX-License-Identifier: Apache-2.0
/** Bit-vector expressions: hash-consed, and simplified when they are built. */
@NullMarked
package org.patchoscope.semantics.expr;

import org.jspecify.annotations.NullMarked;
