// SPDX-License-Identifier: Apache-2.0
/** Where members of structures lie, in two versions, and what pointers point to. */
@NullMarked
package org.patchoscope.semantics.layout;

import org.jspecify.annotations.NullMarked;
