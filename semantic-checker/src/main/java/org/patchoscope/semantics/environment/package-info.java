// SPDX-License-Identifier: Apache-2.0
/** What the outside of the simulated code may do. */
@NullMarked
package org.patchoscope.semantics.environment;

import org.jspecify.annotations.NullMarked;
