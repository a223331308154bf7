// SPDX-License-Identifier: Apache-2.0
/** The symbolic machine: registers, memory objects, path condition, trace. */
@NullMarked
package org.patchoscope.semantics.machine;

import org.jspecify.annotations.NullMarked;
