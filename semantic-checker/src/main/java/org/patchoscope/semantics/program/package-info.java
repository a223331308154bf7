// SPDX-License-Identifier: Apache-2.0
/** A program to be simulated: its functions, their control flow, and what calls are patched into it. */
@NullMarked
package org.patchoscope.semantics.program;

import org.jspecify.annotations.NullMarked;
