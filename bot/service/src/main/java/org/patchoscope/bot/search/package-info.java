// SPDX-License-Identifier: Apache-2.0
/** The index of reviews: derived from the store, and only ever a copy of it. */
@NullMarked
package org.patchoscope.bot.search;

import org.jspecify.annotations.NullMarked;
