// SPDX-License-Identifier: Apache-2.0
/** AArch64 instructions lifted to the intermediate language, one family of instructions per file. */
@NullMarked
package org.patchoscope.semantics.isa.arm64;

import org.jspecify.annotations.NullMarked;
