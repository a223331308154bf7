// SPDX-License-Identifier: Apache-2.0
/** Conditions of a difference, an input that shows it, and its replay through both versions. */
@NullMarked
package org.patchoscope.semantics.compare.witness;

import org.jspecify.annotations.NullMarked;
