// SPDX-License-Identifier: Apache-2.0
/** Conditions, events and witnesses in the words of the people who review there. */
@NullMarked
package org.patchoscope.semantics.words;

import org.jspecify.annotations.NullMarked;
