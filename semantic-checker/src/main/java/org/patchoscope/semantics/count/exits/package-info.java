// SPDX-License-Identifier: Apache-2.0
/** How entry code leaves the kernel, and in which order it does what. */
@NullMarked
package org.patchoscope.semantics.count.exits;

import org.jspecify.annotations.NullMarked;
