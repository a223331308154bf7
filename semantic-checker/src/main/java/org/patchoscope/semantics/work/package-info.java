// SPDX-License-Identifier: Apache-2.0
/** How long work may go on, and how it ends before it is done. */
@NullMarked
package org.patchoscope.semantics.work;

import org.jspecify.annotations.NullMarked;
