// SPDX-License-Identifier: Apache-2.0
/** Runs commands that untrusted input can influence, with limits, and without network where bubblewrap works. */
@NullMarked
package org.patchoscope.semantics.sandbox;

import org.jspecify.annotations.NullMarked;
