// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.reply;

import org.jspecify.annotations.NullMarked;
