// SPDX-License-Identifier: Apache-2.0
/** Counts, sizes and ways out of each state, set beside each other. */
@NullMarked
package org.patchoscope.bot.pipeline.measure;

import org.jspecify.annotations.NullMarked;
