// SPDX-License-Identifier: Apache-2.0
/** Relocatable ELF objects as the kernel build makes them: code, relocations, tables and debug information. */
@NullMarked
package org.patchoscope.semantics.object;

import org.jspecify.annotations.NullMarked;
