// SPDX-License-Identifier: Apache-2.0
/** Kernel source states, configured trees, compiled objects and macro values. */
@NullMarked
package org.patchoscope.semantics.kernel;

import org.jspecify.annotations.NullMarked;
