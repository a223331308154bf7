// SPDX-License-Identifier: Apache-2.0
/** Results of reviews as checks of a Patchwork instance. */
@NullMarked
package org.patchoscope.bot.patchwork;

import org.jspecify.annotations.NullMarked;
