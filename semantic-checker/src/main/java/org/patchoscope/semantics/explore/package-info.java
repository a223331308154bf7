// SPDX-License-Identifier: Apache-2.0
/** From a root function to all of its paths. */
@NullMarked
package org.patchoscope.semantics.explore;

import org.jspecify.annotations.NullMarked;
