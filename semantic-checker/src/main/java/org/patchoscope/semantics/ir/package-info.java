// SPDX-License-Identifier: Apache-2.0
/** The intermediate language that machine instructions are lifted to. */
@NullMarked
package org.patchoscope.semantics.ir;

import org.jspecify.annotations.NullMarked;
