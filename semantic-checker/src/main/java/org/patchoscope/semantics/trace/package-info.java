// SPDX-License-Identifier: Apache-2.0
/** What a path shows: events, conditions, the outcome, and what it rests on. */
@NullMarked
package org.patchoscope.semantics.trace;

import org.jspecify.annotations.NullMarked;
