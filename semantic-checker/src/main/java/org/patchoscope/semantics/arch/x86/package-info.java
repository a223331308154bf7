// SPDX-License-Identifier: Apache-2.0
/** x86-64 as the simulator sees it. */
@NullMarked
package org.patchoscope.semantics.arch.x86;

import org.jspecify.annotations.NullMarked;
