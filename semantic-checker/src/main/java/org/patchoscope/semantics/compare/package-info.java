// SPDX-License-Identifier: Apache-2.0
/** Two path sets against each other: differences, or a proof that there are none. */
@NullMarked
package org.patchoscope.semantics.compare;

import org.jspecify.annotations.NullMarked;
