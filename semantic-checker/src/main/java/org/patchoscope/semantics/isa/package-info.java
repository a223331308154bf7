// SPDX-License-Identifier: Apache-2.0
/** Machine instructions: decoded by the embedded LLVM, and lifted to the intermediate language. */
@NullMarked
package org.patchoscope.semantics.isa;

import org.jspecify.annotations.NullMarked;
