// SPDX-License-Identifier: Apache-2.0
/** What a comparison ends with. */
@NullMarked
package org.patchoscope.semantics.compare.verdict;

import org.jspecify.annotations.NullMarked;
