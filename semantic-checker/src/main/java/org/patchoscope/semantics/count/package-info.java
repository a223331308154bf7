// SPDX-License-Identifier: Apache-2.0
/** Instructions executed on named paths of an entry, for a named processor. */
@NullMarked
package org.patchoscope.semantics.count;

import org.jspecify.annotations.NullMarked;
