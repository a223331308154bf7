// SPDX-License-Identifier: Apache-2.0
/** What C sources say after the preprocessor, as far as it saves looking at the machine code. */
@NullMarked
package org.patchoscope.semantics.source;

import org.jspecify.annotations.NullMarked;
