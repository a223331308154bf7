// SPDX-License-Identifier: Apache-2.0
/** Answers on the thread: whether, to whom, in which words, and that each is sent at most once. */
@NullMarked
package org.patchoscope.bot.reply;

import org.jspecify.annotations.NullMarked;
