// SPDX-License-Identifier: Apache-2.0
/** From a series and a tree to a review, step by step. */
@NullMarked
package org.patchoscope.bot.pipeline;

import org.jspecify.annotations.NullMarked;
