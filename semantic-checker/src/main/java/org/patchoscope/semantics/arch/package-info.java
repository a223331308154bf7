// SPDX-License-Identifier: Apache-2.0
/** What one architecture is to the simulator: registers, calling convention, vectors, exception tables. */
@NullMarked
package org.patchoscope.semantics.arch;

import org.jspecify.annotations.NullMarked;
