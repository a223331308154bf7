// SPDX-License-Identifier: Apache-2.0
/** Lifts x86-64 instructions: one rule per mnemonic, one file per family of instructions. */
@NullMarked
package org.patchoscope.semantics.isa.x86;

import org.jspecify.annotations.NullMarked;
