// SPDX-License-Identifier: Apache-2.0
/** One version of a series against another: which patch became which, and what changed in it. */
@NullMarked
package org.patchoscope.differ.versions;

import org.jspecify.annotations.NullMarked;
