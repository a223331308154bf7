// SPDX-License-Identifier: Apache-2.0
/** The command line. */
@NullMarked
package org.patchoscope.bot.cli;

import org.jspecify.annotations.NullMarked;
