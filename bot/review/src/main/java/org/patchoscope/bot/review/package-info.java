// SPDX-License-Identifier: Apache-2.0
/** A review as a value: what the text, JSON and HTML reports are all made from. */
@NullMarked
package org.patchoscope.bot.review;

import org.jspecify.annotations.NullMarked;
