// SPDX-License-Identifier: Apache-2.0
/** What is known of a patch or a series in a few words, as tools show results of checks. */
@NullMarked
package org.patchoscope.bot.checks;

import org.jspecify.annotations.NullMarked;
