// SPDX-License-Identifier: Apache-2.0
/** One function of a plain C file against its other version. */
@NullMarked
package org.patchoscope.semantics.function;

import org.jspecify.annotations.NullMarked;
