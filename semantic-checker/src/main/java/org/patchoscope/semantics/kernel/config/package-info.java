// SPDX-License-Identifier: Apache-2.0
/** Configurations of a kernel, what they change, and what a build requires. */
@NullMarked
package org.patchoscope.semantics.kernel.config;

import org.jspecify.annotations.NullMarked;
