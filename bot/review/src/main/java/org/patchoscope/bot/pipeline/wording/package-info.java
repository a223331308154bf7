// SPDX-License-Identifier: Apache-2.0
/** Turns verdicts into findings that people read. */
@NullMarked
package org.patchoscope.bot.pipeline.wording;

import org.jspecify.annotations.NullMarked;
