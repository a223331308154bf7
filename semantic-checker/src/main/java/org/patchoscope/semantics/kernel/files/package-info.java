// SPDX-License-Identifier: Apache-2.0
/** Files of a build: commands, dependencies, caches. */
@NullMarked
package org.patchoscope.semantics.kernel.files;

import org.jspecify.annotations.NullMarked;
