// SPDX-License-Identifier: Apache-2.0
/** Options and output that commands share. */
@NullMarked
package org.patchoscope.bot.cli.options;

import org.jspecify.annotations.NullMarked;
