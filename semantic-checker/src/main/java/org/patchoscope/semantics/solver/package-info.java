// SPDX-License-Identifier: Apache-2.0
/** Satisfiability of path conditions: one small interface, and Z3 behind it. */
@NullMarked
package org.patchoscope.semantics.solver;

import org.jspecify.annotations.NullMarked;
