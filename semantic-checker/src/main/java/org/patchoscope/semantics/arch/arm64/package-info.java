// SPDX-License-Identifier: Apache-2.0
/** arm64 as the simulator sees it. */
@NullMarked
package org.patchoscope.semantics.arch.arm64;

import org.jspecify.annotations.NullMarked;
