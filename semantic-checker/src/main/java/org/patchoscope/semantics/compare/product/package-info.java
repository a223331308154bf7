// SPDX-License-Identifier: Apache-2.0
/** Both versions executed together: the product program. */
@NullMarked
package org.patchoscope.semantics.compare.product;

import org.jspecify.annotations.NullMarked;
