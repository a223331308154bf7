// SPDX-License-Identifier: Apache-2.0
/** Which functions can be traced, and what a patch does to that. */
@NullMarked
package org.patchoscope.semantics.tracing;

import org.jspecify.annotations.NullMarked;
