// SPDX-License-Identifier: Apache-2.0
/** What functions return, known from their bodies or from an earlier comparison. */
@NullMarked
package org.patchoscope.semantics.compare.values;

import org.jspecify.annotations.NullMarked;
