// SPDX-License-Identifier: Apache-2.0
/** Versions of a topic against each other: which finding of one is which of the next. */
@NullMarked
package org.patchoscope.bot.topic;

import org.jspecify.annotations.NullMarked;
