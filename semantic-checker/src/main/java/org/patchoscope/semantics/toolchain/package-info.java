// SPDX-License-Identifier: Apache-2.0
/** The embedded LLVM: unpacked once from its Maven jar, found by tool name. */
@NullMarked
package org.patchoscope.semantics.toolchain;

import org.jspecify.annotations.NullMarked;
