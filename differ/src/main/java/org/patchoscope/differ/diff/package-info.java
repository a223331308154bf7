// SPDX-License-Identifier: Apache-2.0
/** A parsed diff as plain values, and the placing of its hunks. Knows no repository. */
@NullMarked
package org.patchoscope.differ.diff;

import org.jspecify.annotations.NullMarked;
