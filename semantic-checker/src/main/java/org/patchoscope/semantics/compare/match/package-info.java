// SPDX-License-Identifier: Apache-2.0
/** Which function, datum and member of one version is which of the other. */
@NullMarked
package org.patchoscope.semantics.compare.match;

import org.jspecify.annotations.NullMarked;
