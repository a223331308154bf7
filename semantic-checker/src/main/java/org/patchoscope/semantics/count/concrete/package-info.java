// SPDX-License-Identifier: Apache-2.0
/** Machine code executed on given values, to count instructions. */
@NullMarked
package org.patchoscope.semantics.count.concrete;

import org.jspecify.annotations.NullMarked;
